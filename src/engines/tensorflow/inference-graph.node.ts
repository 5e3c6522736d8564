/** Answers of a network with its running statistics, as one TensorFlow function. */
import { type Layer, layerAt, type Network } from '../../network/network.ts';
import type { OpAttrs } from '../../network/ops/index.ts';
import type { Output } from './c-api.node.ts';
import { convolve, isProducts, shapeOf } from './convolution.node.ts';
import { type Context, type Emitted, emitTraining, type Traits, type Value } from './emit.node.ts';
import { Graph } from './graph.node.ts';
import { Operations } from './operations.node.ts';
import { type InferencePlan, inferencePlanOf } from './plan.ts';
import { DType, type Runtime } from './runtime.node.ts';
import type { Compiled } from './training-graph.node.ts';
import { WeightsInGraph } from './weights-in-graph.node.ts';

/** A batch norm with running statistics: y = x · scale + shift, one of each a channel. */
function affine(layer: Layer, context: Context): { scale: Output; shift: Output } {
  const { ops } = context;
  const { epsilon } = layer.attrs as OpAttrs<'batchNorm'>;
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) =>
    context.weight(layer, name),
  ) as [Output, Output, Output, Output];
  const scale = ops.mul(gamma, ops.plain('Rsqrt', ops.add(variance, ops.scalar(epsilon))));
  return { scale, shift: ops.sub(beta, ops.mul(mean, scale)) };
}

export function compileInference(
  runtime: Runtime,
  network: Network,
  { count, traits, name }: { count: number; traits: Traits; name: string },
): Compiled {
  const graph = new Graph(runtime);
  const ops = new Operations(graph);
  const weights = new WeightsInGraph(graph);
  const shape = [count, ...layerAt(network, network.input).shape];
  const images = graph.placeholder(DType.float32, shape, 'images');
  const plan = inferencePlanOf(network);
  const context: Context = {
    ...{ ops, traits, plan },
    weight: (layer, weight) => weights.value(`${layer.path}/${weight}`),
    gradient: () => {},
    update: () => {},
    random: () => {
      throw new Error("Stemma's own mistake: random numbers at inference");
    },
  };
  const values: Value[] = [];
  for (const layer of network.layers) {
    const inputs =
      layer.op === 'input' ? [{ out: images, shape }] : layer.inputs.map((i) => values[i] as Value);
    values.push(emitInference(layer, inputs, context, plan));
  }
  graph.toFunction(name, {
    inputs: [images, ...weights.inputs],
    outputs: [(values[network.output] as Value).out],
    effects: [],
  });
  return { name, variables: weights.names };
}

function emitInference(layer: Layer, inputs: readonly Value[], context: Context, plan: InferencePlan): Value {
  const { ops } = context;
  const [x] = inputs as readonly [Value];
  if (layer.op === 'dropout' || plan.done.has(layer.path)) return x;
  if (layer.op === 'batchNorm') {
    const { scale, shift } = affine(layer, context);
    return { out: ops.add(ops.mul(x.out, scale), shift), shape: x.shape };
  }
  const folded = plan.folded.get(layer.path);
  return folded
    ? foldedConvolution(x, layer, folded, context)
    : (emitTraining(layer, inputs, context) as Emitted).y;
}

/** conv2d, batch norm and perhaps ReLU in one: the batch norm goes into kernel and bias. */
function foldedConvolution(
  x: Value,
  layer: Layer,
  { batchNorm, relu }: { batchNorm: Layer | undefined; relu: boolean },
  context: Context,
): Value {
  const { ops, traits } = context;
  const attrs = layer.attrs as OpAttrs<'conv2d'>;
  let kernel = context.weight(layer, 'kernel');
  let bias = attrs.useBias ? context.weight(layer, 'bias') : undefined;
  if (batchNorm) {
    const { scale, shift } = affine(batchNorm, context);
    kernel = ops.mul(kernel, scale);
    bias = bias ? ops.add(ops.mul(bias, scale), shift) : shift;
  }
  const shape = shapeOf(layer, context);
  const y = { shape: [x.shape[0] as number, ...layer.shape] };
  if (bias && traits.fusedConv2d && shape.groups === 1 && !isProducts(layer, shape))
    return {
      ...y,
      out: ops.fusedConv2d(x.out, kernel, bias, relu ? ['BiasAdd', 'Relu'] : ['BiasAdd'], shape),
    };
  const { out } = convolve(x, shape, layer, { ...context, weight: () => kernel }).y;
  const shifted = bias ? ops.biasAdd(out, bias) : out;
  return { ...y, out: relu ? ops.plain('Relu', shifted) : shifted };
}
