/** A whole step of training as one TensorFlow function: forward, loss, gradients, updates. */
import type { Observation } from '../../compile/observation.ts';
import { type OptimizerOptions, slotOf } from '../../compile/optimizer.ts';
import { type Layer, layerAt, type Network, weightsOf } from '../../network/network.ts';
import type { Output, Pointer } from './c-api.node.ts';
import { type Context, type Emitted, emitTraining, type Traits, type Value } from './emit.node.ts';
import { Graph } from './graph.node.ts';
import { Looks } from './looks.node.ts';
import { sparseLoss, targetsLoss } from './loss.node.ts';
import { Operations } from './operations.node.ts';
import { planOf } from './plan.ts';
import { DType, type Runtime } from './runtime.node.ts';
import { clipped, follow, rateNames, updateOf } from './updates.node.ts';
import { WeightsInGraph } from './weights-in-graph.node.ts';

/** A function that the runtime knows by name, and what goes into it before the variables' handles, in order. */
export interface Compiled {
  readonly name: string;
  readonly variables: readonly string[];
}

export interface CompiledStep extends Compiled {
  /** Layers that want random numbers, in order, after the images, what the loss wants and the rates. */
  readonly random: readonly { readonly layer: Layer; readonly shape: readonly number[] }[];
  /** Of one that observes: what the numbers after loss and count of right answers say. */
  readonly observation?: (told: Float32Array) => Observation;
}

const TOLD = 2;

export interface StepShape {
  /** Pictures a batch. */
  readonly count: number;
  /** Whether the loss takes the two tensors of `Targets` in place of labels. */
  readonly targets: boolean;
  readonly traits: Traits;
  readonly name: string;
  /** Tell of activations and weights too: the same updates, bit for bit. */
  readonly observe: boolean;
}

export function compileStep(
  runtime: Runtime,
  network: Network,
  options: OptimizerOptions & { readonly ema: number },
  { count, targets, traits, name, observe }: StepShape,
): CompiledStep {
  const graph = new Graph(runtime);
  const ops = new Operations(graph);
  const weights = new WeightsInGraph(graph);
  const shape = [count, ...layerAt(network, network.input).shape];
  const images = graph.placeholder(DType.float32, shape, 'images');
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
  const classes = layerAt(network, network.output).shape[0] as number;
  const judged = (targets ? targetsLoss : sparseLoss)(ops, { out: logits, count, classes });
  backward(network, emitted, judged.dlogits, ops);

  const given = clipped(gradients, options.clipNorm, ops);
  const effects: Pointer[] = [];
  const looks = observe ? new Looks(graph, ops) : undefined;
  network.layers.forEach((layer, i) => {
    looks?.activation(layer, (emitted[i] as Emitted).y, context);
  });
  const update = { graph, ops, weights, options, rates };
  for (const weight of weightsOf(network)) {
    const { path, trainable } = weight;
    const bringForward = () => updateOf(path, given.get(path), update);
    const value = statistics.get(path);
    const done = trainable
      ? (looks?.weight(weight, gradients.get(path), weights, bringForward) ?? bringForward())
      : value
        ? [weights.assign(path, value)]
        : [];
    effects.push(...done);
    if (options.ema > 0) effects.push(follow(slotOf(path, 'average'), path, done, update));
  }
  const told = ops.pack([judged.loss, judged.correct]);
  graph.toFunction(name, {
    inputs: [
      ...[images, ...judged.inputs, ...rateNames.map((rate) => rates[rate])],
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
