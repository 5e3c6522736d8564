import type { ParamSchema, Values } from '../schema/params.ts';
import { elementsOf, MAX_BYTES, type Shape } from './shape.ts';

export const initializerNames = [
  'lecunNormal',
  'heNormalFanOut',
  'glorotUniform',
  'torchUniform',
  'truncatedNormal02',
  'zeros',
  'ones',
] as const;
export type InitializerName = (typeof initializerNames)[number];

export interface WeightSpec {
  /** As in tf.js: kernel, bias, gamma, beta, movingMean, movingVariance. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerName;
  /** False for running statistics, which are counted apart. */
  readonly trainable: boolean;
}

/** Why an op cannot be: a sentence about itself, and what was expected and received. */
export interface OpProblem {
  readonly code: string;
  /** Which input is at fault, where one is. */
  readonly input?: number;
  /** Which input it does not fit to, where that is another one. */
  readonly against?: number;
  readonly expected: string;
  readonly received: string;
  /** Follows the layer's name: "joins different shapes: expected …". Says what to do. */
  readonly message: string;
}

/** The output shape; with a problem, the shape that lets everything downstream still draw, where one is plausible. */
export interface Inferred {
  readonly shape: Shape | null;
  readonly problem?: OpProblem;
}

export interface OpDef<P extends ParamSchema = ParamSchema> {
  readonly title: string;
  readonly help: string;
  /** The paper or documentation that defines it. */
  readonly source: string;
  readonly category: 'layers' | 'normalisation' | 'activation' | 'pooling' | 'joining' | 'shape' | 'ends';
  readonly params: P;
  /** How many tensors go in. */
  readonly arity: 0 | 1 | 'many';
  infer(inputs: readonly Shape[], attrs: Values<P>): Inferred;
  weights?(inputs: readonly Shape[], attrs: Values<P>): readonly WeightSpec[];
  /** Multiply–accumulates for one image; convolutions and dense layers only, as torchvision's tables count. */
  macs?(inputs: readonly Shape[], attrs: Values<P>, output: Shape): number;
  /** Bytes for one image that training keeps until the gradient; absent: the output, as float32. */
  activationBytes?(inputs: readonly Shape[], attrs: Values<P>, output: Shape): number;
}

export function defineOp<const P extends ParamSchema>(def: OpDef<P>): OpDef<P> {
  return def;
}

export function problem(code: string, expected: string, received: string, message: string): OpProblem {
  return { code, expected, received, message };
}

export interface OpResult {
  readonly shape: Shape | null;
  readonly problem?: OpProblem;
  readonly weights: readonly WeightSpec[];
  readonly params: number;
  readonly stats: number;
  readonly macs: number;
  readonly activationBytes: number;
}

const unknown: OpResult = { shape: null, weights: [], params: 0, stats: 0, macs: 0, activationBytes: 0 };

/** Shape, weights and cost of one op. Pure; never throws; an unknown input gives an unknown output and no problem. */
export function inferOp(def: OpDef, inputs: readonly (Shape | null)[], attrs: Values<ParamSchema>): OpResult {
  if (inputs.includes(null)) return unknown;
  const known = inputs as readonly Shape[];
  const inferred = def.infer(known, attrs);
  const { shape } = inferred;
  if (!shape) return inferred.problem ? { ...unknown, problem: inferred.problem } : unknown;
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < 1)
      return {
        ...unknown,
        problem: problem(
          'size/extent',
          'every extent at least 1',
          `[${shape.join(', ')}]`,
          `has an impossible output [${shape.join(', ')}]. Change its size or strides.`,
        ),
      };
  }
  const weights = inferred.problem ? [] : (def.weights?.(known, attrs) ?? []);
  let params = 0;
  let stats = 0;
  for (const weight of weights) {
    if (weight.trainable) params += elementsOf(weight.shape);
    else stats += elementsOf(weight.shape);
  }
  const bytes = Math.max(elementsOf(shape), params) * 4;
  if (!(bytes <= MAX_BYTES))
    return {
      ...unknown,
      problem: problem(
        'size/too-large',
        'tensors of at most 2 GB',
        `${(bytes / 1e9).toPrecision(3)} GB`,
        `needs a tensor of ${(bytes / 1e9).toPrecision(3)} GB for one image; at most 2 GB can be held. Make it smaller.`,
      ),
    };
  return {
    shape,
    ...(inferred.problem && { problem: inferred.problem }),
    weights,
    params,
    stats,
    macs: inferred.problem ? 0 : (def.macs?.(known, attrs, shape) ?? 0),
    activationBytes: def.activationBytes?.(known, attrs, shape) ?? elementsOf(shape) * 4,
  };
}

/** The problem of an op that wants pictures [h, w, c] and gets something else. */
export function needsRank(rank: number, input: Shape): OpProblem | undefined {
  if (input.length === rank) return undefined;
  const wanted = rank === 3 ? 'a picture [h, w, c]' : 'a vector [features]';
  const advice =
    rank === 1
      ? 'Put a global average pool or a flatten before it.'
      : input.length === 2
        ? `Give it channels too, as [${input.join(', ')}, 1].`
        : 'Move it before the flatten or the pool that removes height and width.';
  return problem(
    'shape/rank',
    wanted,
    `[${input.join(', ')}]`,
    `takes ${wanted}, received [${input.join(', ')}]. ${advice}`,
  );
}
