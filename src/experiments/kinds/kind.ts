/** A kind of experiment: the question it answers, and the networks that answer it. */
import {
  EXPERIMENT_VERSION,
  type ExperimentDocument,
  type ExperimentKind,
  type RecipeChanges,
} from '../experiment.ts';

export interface KindOptions {
  /** [height, width, channels] of what the data shows, resized. */
  readonly input: readonly [number, number, number];
  readonly classes: number;
  readonly data: string;
  /** Along the kind's axis: depths, numbers of groups. */
  readonly values: readonly number[];
}

export interface Axis {
  /** Name of the fact, and of the command line's option in the plural: 'depth', --depths. */
  readonly fact: 'depth' | 'groups';
  readonly title: string;
  readonly help: string;
  readonly defaults: readonly number[];
  /** What a value must be, in words, where it is none. */
  problem(value: number): string | undefined;
}

export interface Kind {
  readonly id: Exclude<ExperimentKind, 'custom'>;
  readonly title: string;
  /** As a person would ask it. */
  readonly question: string;
  /** What is trained and what to look for; a few plain sentences. */
  readonly help: string;
  /** The paper. */
  readonly source: string;
  readonly axis?: Axis;
  /** Height and width of the pictures. */
  readonly size: number;
  readonly recipe: RecipeChanges;
  readonly seeds: number;
  variants(options: KindOptions): ExperimentDocument['variants'];
}

/** Seeds 1, 2, … */
export const firstSeeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

export function documentOf(
  kind: Kind,
  { seeds, recipe, ...options }: KindOptions & { seeds: readonly number[]; recipe?: RecipeChanges },
): ExperimentDocument {
  const [size] = options.input;
  return {
    ...{
      format: 'stemma-experiment',
      version: EXPERIMENT_VERSION,
      kind: kind.id,
      title: kind.title,
      note: '',
    },
    ...{ input: [...options.input], classes: options.classes },
    // No experiment reads the looks at the nodes, and each network would compile a second step for them.
    recipe: { observeEvery: 0, ...kind.recipe, ...recipe, data: options.data, size },
    ...{ seeds: [...seeds], variants: kind.variants(options) },
  };
}
