/** A whole step of training as one TensorFlow function: forward, loss, gradients, updates. */
import type { Observation } from '../../compile/observation.ts';
import type { OptimizerOptions } from '../../compile/optimizer.ts';
import { type Layer, layerAt, type Network, weightsOf } from '../../network/network.ts';
import type { Output, Pointer } from './c-api.node.ts';
import { type Context, type Emitted, emitTraining, type Traits, type Value } from './emit.node.ts';
import { Graph } from './graph.node.ts';
import { Looks } from './looks.node.ts';
import { Operations } from './operations.node.ts';
import { planOf } from './plan.ts';
import { DType, type Runtime } from './runtime.node.ts';
import { clipped, rateNames, updateOf } from './updates.node.ts';
import { WeightsInGraph } from './weights-in-graph.node.ts';

/** A function that the runtime knows by name, and what goes into it before the variables' handles, in order. */
export interface Compiled {
  readonly name: string;
  readonly variables: readonly string[];
}

export interface CompiledStep extends Compiled {
  /** Layers that want random numbers, in order, after the images, the labels and the rates. */
  readonly random: readonly { readonly layer: Layer; readonly shape: readonly number[] }[];
  /** Of one that observes: what the numbers after loss and count of right answers say. */
  readonly observation?: (told: Float32Array) => Observation;
}

const TOLD = 2;

/**
 * @param count pictures a batch
 * @param observe tell of activations and weights too: the same updates, bit for bit
 */
export function compileStep(
  runtime: Runtime,
  network: Network,
  options: OptimizerOptions,
  { count, traits, name, observe }: { count: number; traits: Traits; name: string; observe: boolean },
): CompiledStep {
  const graph = new Graph(runtime);
  const ops = new Operations(graph);
  const weights = new WeightsInGraph(graph);
  const shape = [count, ...layerAt(network, network.input).shape];
  const images = graph.placeholder(DType.float32, shape, 'images');
  const labels = graph.placeholder(DType.int32, [count], 'labels');
  const rates = Object.fromEntries(
    rateNames.map((rate) => [rate, graph.placeholder(DType.float32, [], rate)]),
  ) as Record<(typeof rateNames)[number], Output>;
  const random: { layer: Layer; shape: readonly number[]; input: Output }[] = [];
  const gradients = new Map<string, Output>();
  const statistics = new Map<string, Output>();
  const context: Context = {
    ...{ ops, traits, plan: planOf(network) },
    weight: (layer, weight) => weights.value(`${layer.path}/${weight}`),
    gradient: (layer, weight, value) => gradients.set(`${layer.path}/${weight}`, value),
    update: (layer, weight, value) => statistics.set(`${layer.path}/${weight}`, value),
    random(layer, shape) {
      const input = graph.placeholder(DType.float32, shape, layer.path);
      random.push({ layer, shape, input });
      return input;
    },
  };
  const emitted = forward(network, { out: images, shape }, context);
  const logits = (emitted[network.output] as Emitted).y.out;
  const { loss, dlogits } = lossOf(ops, logits, labels, count);
  backward(network, emitted, dlogits, ops);

  const given = clipped(gradients, options.clipNorm, ops);
  const effects: Pointer[] = [];
  const looks = observe ? new Looks(graph, ops) : undefined;
  network.layers.forEach((layer, i) => {
    looks?.activation(layer, (emitted[i] as Emitted).y, context);
  });
  for (const weight of weightsOf(network)) {
    const { path, trainable } = weight;
    if (!trainable) continue;
    const update = () => updateOf(path, given.get(path), { graph, ops, weights, options, rates });
    effects.push(...(looks?.weight(weight, gradients.get(path), weights, update) ?? update()));
  }
  for (const [path, value] of statistics) effects.push(weights.assign(path, value));
  const right = correctOf(graph, ops, logits, labels);
  const told = ops.pack([loss, right]);
  graph.toFunction(name, {
    inputs: [
      ...[images, labels, ...rateNames.map((rate) => rates[rate])],
      ...[...random.map(({ input }) => input), ...weights.inputs],
    ],
    outputs: [looks?.after(told) ?? told],
    effects,
  });
  return {
    ...{ name, variables: weights.names, random },
    ...(looks && { observation: (values) => looks.read(values.subarray(TOLD)) }),
  };
}

function forward(network: Network, images: Value, context: Context): Emitted[] {
  const emitted: Emitted[] = [];
  for (const layer of network.layers) {
    const inputs = layer.op === 'input' ? [images] : layer.inputs.map((i) => (emitted[i] as Emitted).y);
    emitted.push(emitTraining(layer, inputs, context));
  }
  return emitted;
}

/** Walks the layers backwards; what no weight depends on gets no gradient. */
function backward(network: Network, emitted: readonly Emitted[], dlogits: Output, ops: Operations): void {
  const learns: boolean[] = [];
  for (const { result, inputs } of network.layers)
    learns.push(result.weights.some((weight) => weight.trainable) || inputs.some((i) => learns[i]));
  const parts: Output[][] = network.layers.map(() => []);
  parts[network.output] = [dlogits];
  for (let i = network.layers.length - 1; i >= 0; i--) {
    const { inputs } = layerAt(network, i);
    const given = parts[i] as Output[];
    if (given.length === 0 || !learns[i]) continue;
    const dy = given.reduce((a, b) => ops.add(a, b));
    const needed = inputs.map((input) => learns[input] === true);
    const made = (emitted[i] as Emitted).backward(dy, needed);
    inputs.forEach((input, k) => {
      const dx = made[k];
      if (dx && needed[k]) parts[input]?.push(dx);
    });
  }
}

/** Mean softmax cross entropy over the batch, and its gradient. */
function lossOf(ops: Operations, logits: Output, labels: Output, count: number) {
  const { oper } = ops.graph.op('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], {
    T: ['type', DType.float32],
    Tlabels: ['type', DType.int32],
  });
  return {
    loss: ops.mean({ oper, index: 0 }, [0]),
    dlogits: ops.scale({ oper, index: 1 }, 1 / count),
  };
}

/** How many of the batch have their largest logit at the label. */
function correctOf(graph: Graph, ops: Operations, logits: Output, labels: Output): Output {
  const axis = graph.constant(DType.int32, [], Int32Array.of(-1));
  const answers = graph.op('ArgMax', [logits, axis], { output_type: ['type', DType.int32] });
  const equal = graph.op('Equal', [answers, labels], { T: ['type', DType.int32] });
  const ones = graph.op('Cast', [equal], { SrcT: ['type', DType.bool], DstT: ['type', DType.float32] });
  return ops.sum(ones, [0]);
}
