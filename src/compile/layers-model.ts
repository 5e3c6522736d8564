/**
 * A network as a tf.LayersModel. Every op is a stock tf.js layer where one exists; where none does (grouped
 * convolution; padding with −∞ of numbers that may be negative) a layer class of ours is registered and saved by name.
 */
import type { layers as tfLayers } from '@tensorflow/tfjs';
import { type Layer, layerAt, type Network } from '../network/network.ts';
import type { OpAttrs, OpKind } from '../network/ops/index.ts';
import type { Weights } from '../weights/tensors.ts';
import { registerStemmaLayers } from './stemma-layers.mjs';
import { tf } from './tf.ts';

type LayersModel = ReturnType<typeof tf.model>;
type TfLayer = tfLayers.Layer;
type Symbolic = ReturnType<typeof tf.input>;

const own = registerStemmaLayers(tf);

/** The layer classes of ours that a model uses; who loads it elsewhere needs stemma-layers.mjs. */
export function ownLayers(model: LayersModel): readonly string[] {
  const used = new Set(model.layers.map((layer) => layer.getClassName()));
  return Object.keys(own).filter((name) => used.has(name));
}

const activationNames: Record<OpAttrs<'activation'>['function'], string> = {
  relu: 'relu',
  gelu: 'gelu',
  silu: 'swish',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  leakyRelu: '',
  softmax: 'softmax',
};

type Make<K extends OpKind> = (
  name: string,
  attrs: OpAttrs<K>,
  layer: Layer,
  network: Network,
) => TfLayer | 'pass';

const makers: { [K in OpKind]: Make<K> } = {
  input: () => 'pass',
  output: () => 'pass',
  conv2d(name, attrs, layer) {
    if (attrs.groups > 1) return new own.StemmaGroupedConv2D({ name, attrs, shape: [...layer.shape] });
    const { filters, useBias, padding } = attrs;
    return tf.layers.conv2d({
      name,
      filters,
      useBias,
      padding,
      kernelSize: [...attrs.kernelSize],
      strides: [...attrs.strides],
      dilationRate: [...attrs.dilationRate],
      kernelInitializer: 'zeros',
    });
  },
  dense: (name, { units, useBias }) => tf.layers.dense({ name, units, useBias, kernelInitializer: 'zeros' }),
  batchNorm: (name, { epsilon, momentum }) => tf.layers.batchNormalization({ name, epsilon, momentum }),
  layerNorm: (name, { epsilon }) => tf.layers.layerNormalization({ name, epsilon }),
  activation: (name, attrs) =>
    attrs.function === 'leakyRelu'
      ? tf.layers.leakyReLU({ name, alpha: 0.2 })
      : tf.layers.activation({ name, activation: activationNames[attrs.function] as 'relu' }),
  dropout: (name, { rate }) => tf.layers.dropout({ name, rate }),
  maxPool: (name, { poolSize, strides, padding }) =>
    tf.layers.maxPooling2d({ name, poolSize: [...poolSize], strides: [...strides], padding }),
  avgPool: (name, { poolSize, strides, padding }) =>
    tf.layers.averagePooling2d({ name, poolSize: [...poolSize], strides: [...strides], padding }),
  globalAvgPool: (name) => tf.layers.globalAveragePooling2d({ name }),
  add: (name) => tf.layers.add({ name }),
  multiply: (name) => tf.layers.multiply({ name }),
  concat: (name) => tf.layers.concatenate({ name }),
  zeroPadding(name, { padding, fill }, layer, network) {
    const before = layerAt(network, layer.inputs[0] ?? 0);
    const neverNegative =
      before.op === 'activation' && ['relu', 'sigmoid', 'softmax'].includes(`${before.attrs.function}`);
    if (fill === 'lowest' && !neverNegative) return new own.StemmaLowestPadding2D({ name, padding });
    const [top = 0, bottom = 0, left = 0, right = 0] = padding;
    return tf.layers.zeroPadding2d({
      name,
      padding: [
        [top, bottom],
        [left, right],
      ],
    });
  },
  // tf.js' own refuses what is flat already.
  flatten: (name, _, layer, network) =>
    layerAt(network, layer.inputs[0] ?? 0).shape.length === 1 ? 'pass' : tf.layers.flatten({ name }),
  reshape: (name, { targetShape }) => tf.layers.reshape({ name, targetShape: [...targetShape] }),
};

/**
 * Builds the model; with weights, each is set by its layer's path. Every shape and parameter count is held against
 * what was inferred.
 */
export function toLayersModel(network: Network, weights?: Weights): LayersModel {
  const values: Symbolic[] = [];
  const made = new Map<string, TfLayer>();
  let input: Symbolic | undefined;
  for (const layer of network.layers) {
    if (layer.op === 'input') {
      input = tf.input({ shape: [...layer.shape], name: layer.path });
      values.push(input);
      continue;
    }
    const inputs = layer.inputs.map((i) => values[i] as Symbolic);
    const maker = makers[layer.op] as Make<OpKind>;
    const built = maker(layer.path, layer.attrs as never, layer, network);
    if (built === 'pass') {
      values.push(inputs[0] as Symbolic);
      continue;
    }
    const y = built.apply(inputs.length > 1 ? inputs : (inputs[0] as Symbolic)) as Symbolic;
    if (y.shape.slice(1).join() !== layer.shape.join())
      throw new Error(
        `Stemma's own mistake: layer ${layer.path} was inferred as [${layer.shape.join()}], tf.js made [${y.shape.slice(1).join()}]`,
      );
    made.set(layer.path, built);
    values.push(y);
  }
  const model = tf.model({ inputs: input as Symbolic, outputs: values[network.output] as Symbolic });
  if (weights) setWeights(network, made, weights);
  return model;
}

function setWeights(network: Network, made: ReadonlyMap<string, TfLayer>, weights: Weights): void {
  for (const layer of network.layers) {
    const target = made.get(layer.path);
    if (!target || layer.result.weights.length === 0) continue;
    tf.tidy(() => {
      const tensors = layer.result.weights.map(({ name, shape }) => {
        const host = weights.get(`${layer.path}/${name}`);
        if (!host) throw new Error(`Stemma's own mistake: no weight ${layer.path}/${name}`);
        return tf.tensor(host.data, [...shape]);
      });
      target.setWeights(tensors);
    });
  }
}

export type { LayersModel };
