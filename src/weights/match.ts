/** Which weights of one network another can begin with. */
import { type NamedWeight, type Network, weightsOf } from '../network/network.ts';
import { initialTensor } from './initialise.ts';
import type { Weights } from './tensors.ts';

/** By path. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

export interface WeightMisfit {
  readonly path: string;
  readonly expected: readonly number[];
  readonly received: readonly number[];
}

export interface WeightsMatch {
  /** Taken over: path and shape are the same. */
  readonly taken: readonly string[];
  /** Of another shape: begin fresh. */
  readonly misfits: readonly WeightMisfit[];
  /** There are none of this path: begin fresh. */
  readonly missing: readonly string[];
  /** They would fit, but weigh other classes: begin fresh. */
  readonly replaced: readonly string[];
  /** What nothing takes. */
  readonly unused: readonly string[];
}

export interface MatchOptions {
  /** The last layer with weights begins fresh: its classes are others. */
  readonly otherClasses?: boolean;
}

/** Of the last layer that has any: what makes classes of features. */
export function headOf(network: Network): readonly NamedWeight[] {
  const last = network.layers.findLast((layer) => layer.result.weights.length > 0);
  return last ? weightsOf({ ...network, layers: [last] }) : [];
}

export const shapesOf = (weights: Weights): Shapes =>
  new Map([...weights].map(([path, { shape }]) => [path, shape]));

export function matchWeights(
  network: Network,
  given: Shapes,
  { otherClasses = false }: MatchOptions = {},
): WeightsMatch {
  const head = new Set(otherClasses ? headOf(network).map(({ path }) => path) : []);
  const taken: string[] = [];
  const missing: string[] = [];
  const replaced: string[] = [];
  const misfits: WeightMisfit[] = [];
  const wanted = weightsOf(network);
  for (const { path, shape } of wanted) {
    const found = given.get(path);
    if (!found) missing.push(path);
    else if (found.join() !== shape.join()) misfits.push({ path, expected: shape, received: found });
    else (head.has(path) ? replaced : taken).push(path);
  }
  const known = new Set(wanted.map(({ path }) => path));
  return { taken, misfits, missing, replaced, unused: [...given.keys()].filter((path) => !known.has(path)) };
}

/** What is taken over, and the rest fresh from the seed, as `initialise` makes it. */
export function beginWith(
  network: Network,
  seed: number,
  given: Weights,
  { taken }: Pick<WeightsMatch, 'taken'>,
): Weights {
  const over = new Set(taken);
  return new Map(
    weightsOf(network).map(({ path, shape, initializer }) => {
      const found = over.has(path) ? given.get(path) : undefined;
      return [path, found ?? initialTensor(path, shape, initializer, seed)] as const;
    }),
  );
}
