/** What a run of the benchmark leaves, as it is stored. */
import type { Entry } from './works.ts';

/** Who was measured. `stemma` is the engine asked for; `pictures` the same on real pictures; the others are peers. */
export type ParticipantId = 'stemma' | 'portable' | 'pictures' | PeerId;
export type PeerId = 'torch' | 'torch-channels-last' | 'torch-compile' | 'keras' | 'keras-xla' | 'jax';

export interface Measured {
  readonly id: ParticipantId;
  readonly title: string;
  readonly version: string;
  /** Of the first steps; null for a step that has none. */
  readonly losses: readonly (number | null)[];
  /** Building, compiling and warming up. */
  readonly prepareMs: number;
  /** Durations of the steps of each round. */
  readonly rounds: readonly (readonly number[])[];
  /** Resident memory of the process: when its framework was ready, and the peak of this work. */
  readonly idleMb: number;
  readonly peakMb: number;
}

export interface Absent {
  readonly id: ParticipantId;
  readonly title: string;
  /** Why there are no figures. */
  readonly absent: string;
}

export interface EntryResult {
  readonly entry: Entry;
  readonly measured: readonly (Measured | Absent)[];
  /** Share of the processor that was used by others, looked at before each round while everyone stood still. */
  readonly busy: readonly number[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

export interface Results {
  /** ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  /** Stemma's engine and the device it names. */
  readonly engine: string;
  readonly device: string;
  readonly rounds: number;
  readonly durationS: number;
  readonly entries: readonly EntryResult[];
}

export const figuresOf = ({ measured }: EntryResult, id: ParticipantId): Measured | undefined =>
  measured.find((m): m is Measured => m.id === id && 'rounds' in m);

/** The peers that have figures: everyone but Stemma. */
export const peersOf = ({ measured }: EntryResult): Measured[] =>
  measured.filter((m): m is Measured => 'rounds' in m && !['stemma', 'portable', 'pictures'].includes(m.id));
