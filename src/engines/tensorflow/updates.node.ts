/** What an optimiser does to weights in place, by torch.optim's formulas as `compile/optimizer.ts` has them. */
import { averageDecay } from '../../compile/averages.ts';
import { ADAM, CLIP_EPSILON, type OptimizerOptions, slotNames, slotOf } from '../../compile/optimizer.ts';
import type { Output, Pointer } from './c-api.node.ts';
import type { Graph } from './graph.node.ts';
import type { Operations } from './operations.node.ts';
import { type Attributes, DType } from './runtime.node.ts';
import type { WeightsInGraph } from './weights-in-graph.node.ts';

const FLOAT: Attributes = { T: ['type', DType.float32] };

/** Numbers that change from step to step, and so are no part of the graph. */
export const rateNames = ['rate', 'decayed', 'beta1Power', 'beta2Power', 'epsilon', 'following'] as const;
export type Rates = Readonly<Record<(typeof rateNames)[number], number>>;

/** @param step counts the steps of this optimiser, from 1 */
export function ratesAt(
  options: OptimizerOptions & { readonly ema: number },
  rate: number,
  step: number,
): Rates {
  const [beta1Power, beta2Power] = [ADAM.beta1 ** step, ADAM.beta2 ** step];
  return {
    rate,
    decayed: rate * options.weightDecay,
    beta1Power,
    beta2Power,
    // TensorFlow adds epsilon before it corrects the second moment, torch after.
    epsilon: ADAM.epsilon * Math.sqrt(1 - beta2Power),
    following: 1 - averageDecay(options.ema, step),
  };
}

export interface UpdateContext {
  readonly graph: Graph;
  readonly ops: Operations;
  readonly weights: WeightsInGraph;
  readonly options: OptimizerOptions;
  readonly rates: Readonly<Record<keyof Rates, Output>>;
}

/** The same gradients, none longer together than `clipNorm`: torch.nn.utils.clip_grad_norm_. */
export function clipped(
  gradients: ReadonlyMap<string, Output>,
  clipNorm: number,
  ops: Operations,
): ReadonlyMap<string, Output> {
  if (clipNorm === 0 || gradients.size === 0) return gradients;
  // L2Loss is half the sum of squares.
  const squares = [...gradients.values()].map((gradient) => ops.scale(ops.plain('L2Loss', gradient), 2));
  const length = ops.add(ops.plain('Sqrt', ops.sumOf(squares)), ops.scalar(CLIP_EPSILON));
  const shortened = ops.plain('Minimum', ops.scalar(1), ops.plain('RealDiv', ops.scalar(clipNorm), length));
  return new Map([...gradients].map(([path, gradient]) => [path, ops.mul(gradient, shortened)]));
}

/**
 * The operations that bring a weight forward by one step.
 * @param gradient undefined where it is 0, exactly
 */
export function updateOf(weight: string, gradient: Output | undefined, context: UpdateContext): Pointer[] {
  const { graph, ops, weights, options, rates } = context;
  const { optimizer, momentum, weightDecay } = options;
  const value = () => weights.value(weight);
  const decoupled = optimizer === 'adamw';
  const decay = weightDecay > 0 && !decoupled ? ops.scale(value(), weightDecay) : undefined;
  const total = gradient && decay ? ops.add(gradient, decay) : (gradient ?? decay);
  const handle = weights.handle(weight);
  const after = (more: readonly Pointer[] = []) => ({ after: [...weights.readers(weight), ...more] });
  const decayed =
    decoupled && weightDecay > 0
      ? [graph.add('ResourceApplyGradientDescent', [handle, rates.decayed, value()], FLOAT, after())]
      : [];
  // Of a gradient that is always 0, every slot stays 0 too.
  if (!total) return decayed;
  const slots = slotNames(optimizer).map((slot) => weights.handle(slotOf(weight, slot)));
  if (optimizer === 'sgd')
    return [graph.add('ResourceApplyGradientDescent', [handle, rates.rate, total], FLOAT, after())];
  if (optimizer === 'momentum' || optimizer === 'nesterov') {
    const attributes: Attributes = { ...FLOAT, use_nesterov: ['bool', optimizer === 'nesterov'] };
    const inputs = [handle, ...slots, rates.rate, total, ops.scalar(momentum)];
    return [graph.add('ResourceApplyMomentum', inputs, attributes, after())];
  }
  const betas = [ops.scalar(ADAM.beta1), ops.scalar(ADAM.beta2)];
  const inputs = [
    ...[handle, ...slots, rates.beta1Power, rates.beta2Power, rates.rate],
    ...[...betas, rates.epsilon, total],
  ];
  return [...decayed, graph.add('ResourceApplyAdam', inputs, FLOAT, after(decayed))];
}

/** Moves the average of a weight towards what the weight is after its updates. */
export function follow(
  average: string,
  weight: string,
  updates: readonly Pointer[],
  { graph, ops, weights, rates }: UpdateContext,
): Pointer {
  const read: Attributes = { dtype: ['type', DType.float32] };
  const reader = graph.add('ReadVariableOp', [weights.handle(weight)], read, { after: updates });
  const ahead = ops.sub(weights.value(average), { oper: reader, index: 0 });
  return graph.add('ResourceApplyGradientDescent', [weights.handle(average), rates.following, ahead], FLOAT, {
    after: weights.readers(average),
  });
}
