/** What calls answer and events tell, as data. */
import type { DatasetFacts, Fit } from '../data/dataset.ts';
import type { LeftOut } from '../data/own/report.ts';
import type { Offer } from '../engines/machine.ts';
import type { ExperimentKind } from '../experiments/experiment.ts';
import type { ExperimentRecord, ExperimentState } from '../experiments/record.ts';
import type { RunRecord } from '../runs/record.ts';

export type { MachineMemory } from '../base/memory.ts';
export type { CsvColumns, CsvGuess } from '../data/own/csv-columns.ts';
export type { AddProgress } from '../data/own/report.ts';
export type { Curve, CurveName } from '../runs/curves.ts';
export type { RunLabels } from '../runs/labels.ts';
export type { RunsUsage } from '../runs/usage.ts';

export interface DocumentEntry {
  readonly place: string;
  readonly name: string;
  /** ISO 8601. */
  readonly modifiedAt: string;
  readonly sizeBytes: number;
}

export interface OpenedDocument {
  readonly place: string;
  readonly name: string;
  readonly text: string;
  /** Changes with the file's content. */
  readonly tag: string;
}

export interface DraftEntry {
  readonly id: string;
  readonly title: string;
  readonly place: string | null;
  /** ISO 8601. */
  readonly savedAt: string;
}

export interface Draft extends DraftEntry {
  readonly text: string;
  readonly tag: string | null;
}

export interface EngineInfo {
  readonly id: string;
  readonly title: string;
  readonly available: boolean;
  readonly device: string;
  readonly reason: string;
  readonly version: string;
  readonly memoryLimitBytes: number | null;
  /** All that it could use, or why not, best first. */
  readonly devices: readonly Offer[];
  /** What would be chosen where none is asked for, and why. */
  readonly chosen: boolean;
  readonly why: string;
}

export interface DatasetInfo extends DatasetFacts {
  /** Null: not here. */
  readonly folder: string | null;
  /** Whether `data.fetch` can bring it. */
  readonly fetchable: boolean;
}

/** A set of a person's own pictures, as it was found when it was added. */
export interface OwnData {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly fit: Fit;
  /** What said which pictures train: folders, a column of the CSV, or a seed. */
  readonly divided: 'folders' | 'column' | 'seed';
  /** With their pictures in all parts. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly shape: readonly [number, number, number];
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  /** The first by name, with the reason. */
  readonly leftOut: { readonly count: number; readonly named: readonly LeftOut[] };
  readonly notes: readonly string[];
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Pictures as bytes for showing: [count, height, width, channels], base64. */
export interface Pictures {
  readonly pixels: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface LabelledPictures extends Pictures {
  /** Indices of classes. */
  readonly labels: readonly number[];
  /** What each was blended with, and its own share; absent: none was. */
  readonly mixed?: { readonly labels: readonly number[]; readonly shares: readonly number[] };
  readonly classes: readonly string[];
  /** How many there are in all. */
  readonly total: number;
}

/** Of pictures that were held out, or of the test pictures at the end. */
export interface EvaluationReport {
  readonly set: 'validation' | 'test';
  /** Steps trained when it was made. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  readonly classes: readonly string[];
  /** Row: the true class; column: the answer. */
  readonly confusion: readonly (readonly number[])[];
}

export interface AnsweredPicture {
  /** In its set. */
  readonly place: number;
  readonly answer: number;
  readonly answerProbability: number;
  readonly truthProbability: number;
  /** The answer at the look that changes are told against; null: there is none. */
  readonly before: number | null;
}

/** Pictures in their own size, with their true classes as labels; `total` of them are as asked for. */
export interface AnsweredPictures extends LabelledPictures {
  readonly step: number;
  readonly epoch: number;
  readonly pictures: readonly AnsweredPicture[];
  /** How many turned right and wrong, and since which look; absent: there is only one. */
  readonly changes?:
    | { readonly step: number; readonly epoch: number; readonly right: number; readonly wrong: number }
    | undefined;
}

/** What was answered to the samples at a step: [count][classes], rounded. */
export interface SampleLook {
  readonly step: number;
  readonly probabilities: readonly (readonly number[])[];
}

/** The same few test pictures again and again, so that one sees the answers change. */
export interface SampleReport extends LabelledPictures {
  readonly step: number;
  /** [count][classes], after softmax. */
  readonly probabilities: readonly (readonly number[])[];
  /** Looks before this one, the first and some between; absent in older runs. */
  readonly history?: readonly SampleLook[] | undefined;
}

export type TrainingPhase = 'preparing' | 'training' | 'paused' | 'evaluating' | 'stopping';

/** What a step takes, in milliseconds; null: not told by whoever runs it. */
export interface StepPace {
  readonly stepMs: number;
  /** Of it, waiting for its pictures. */
  readonly waitMs: number | null;
  /** Of it, bringing the weights forward; an engine that runs a step as one function cannot tell. */
  readonly updateMs: number | null;
}

export interface ActiveRun {
  readonly run: string;
  readonly title: string;
  readonly phase: TrainingPhase;
  /** The drawing as it is trained. */
  readonly document: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly engine: string;
  readonly engineWhy: string;
  readonly device: string;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Steps done. */
  readonly step: number;
  readonly imagesPerSecond: number | null;
  /** Means of the last steps; null before the first. */
  readonly pace: StepPace | null;
  readonly secondsLeft: number | null;
  readonly memoryBytes: number;
  readonly warnings: readonly string[];
}

export interface RunEnd {
  readonly run: string;
  readonly state: RunRecord['state'];
  /** In words, with what to do, where it did not simply finish. */
  readonly reason: string;
}

export interface QueueEntry {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly addedAt: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly engine: string | null;
  /** Why it could not begin; null: it waits. */
  readonly failed: string | null;
}

export interface QueueState {
  /** Nothing begins by itself. */
  readonly held: boolean;
  readonly entries: readonly QueueEntry[];
}

export interface ExportEntry {
  readonly format: string;
  readonly place: string;
  /** ISO 8601. */
  readonly at: string;
  readonly largestDifference: number;
  readonly agreement: number;
  readonly samples: number;
  readonly by: string;
}

export interface OpenedRun {
  readonly record: RunRecord;
  /** The drawing as trained. */
  readonly document: string;
  readonly hasWeights: boolean;
  readonly evaluation: EvaluationReport | null;
  readonly samples: SampleReport | null;
  readonly exports: readonly ExportEntry[];
  /** How many lines `runs.metrics` has. */
  readonly metricCount: number;
}

export interface CheckpointInfo {
  /** 'last', 'last-1', 'best-120', 'step-100'. */
  readonly name: string;
  readonly bytes: number;
  /** Why it is of no use, in words; empty where its header is whole. */
  readonly damaged: string;
  /** Steps done; null in what follows: damaged, or not told. */
  readonly step: number | null;
  readonly epoch: number | null;
  /** Higher is better. */
  readonly score: number | null;
  /** ISO 8601. */
  readonly savedAt: string | null;
}

export type RunListItem =
  | {
      readonly record: RunRecord;
      readonly active: boolean;
      /** The person's words; absent where there are none. */
      readonly note?: string;
      readonly tags?: readonly string[];
    }
  | { readonly id: string; readonly damaged: string };

export interface FormatInfo {
  readonly id: string;
  readonly title: string;
  /** It writes a folder, not a file. */
  readonly folder: boolean;
  /** As 'safetensors', where it writes a file. */
  readonly extension: string;
  /** A drawing without weights can be written. */
  readonly needsWeights: boolean;
}

export interface ExportResult extends ExportEntry {
  readonly trained: boolean;
  readonly notes: readonly string[];
}

export interface AppInfo {
  readonly host: 'electron' | 'web';
  readonly version: string;
  readonly platform: string;
  /** Whether 'documents.choose…', 'exports.choosePlace' and 'shell.reveal' work. */
  readonly dialogs: boolean;
  readonly documentsFolder: string;
  readonly runsFolder: string;
  /** What the page should open first: a file from the command line or the system. */
  readonly open: string | null;
}

export interface ProbeResult {
  readonly engine: string;
  readonly device: string;
  /** Median. */
  readonly stepMs: number;
  /** Answers for as many pictures as a batch, asked as held-out and test pictures are; median. */
  readonly predictMs: number;
  readonly imagesPerSecond: number;
  /** Of the whole process. */
  readonly peakBytes: number;
}

/** One way of installing an engine's library on this machine, as known beforehand. */
export interface EngineVariant {
  /** With the libraries that drive an NVIDIA GPU. */
  readonly gpu: boolean;
  readonly version: string;
  readonly downloadBytes: number;
  /** What it takes once it is installed; while it is being installed, the download beside it. */
  readonly diskBytes: number;
}

/** What the installed engine gains, as a step of the same work took on both at the end of the installation. */
export interface EngineGain {
  readonly portableStepMs: number;
  readonly tensorflowStepMs: number;
  /** What was measured, in words. */
  readonly work: string;
}

export type InstallPhase =
  | 'asking'
  | 'fetching'
  | 'verifying'
  | 'unpacking'
  | 'trying'
  | 'measuring'
  | 'done'
  | 'failed'
  | 'cancelled';

export interface EngineInstalling {
  readonly engine: 'tensorflow';
  readonly gpu: boolean;
  readonly phase: InstallPhase;
  /** Bytes, or tries where the phase has no bytes. */
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  readonly message: string;
  /** Where it failed or was cancelled. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  /** Where it is done and could be measured. */
  readonly measured: EngineGain | null;
}

export interface EngineInstallation {
  readonly engine: 'tensorflow';
  /** What can be installed here, the one without a GPU first; empty: nothing, and `why` tells. */
  readonly variants: readonly EngineVariant[];
  /** The package client that would fetch it, as 'pip 24.0'; null: none, only a wheel file will do. */
  readonly client: string | null;
  /** What stands in the way, in words, with a way on; empty where nothing does. */
  readonly why: string;
  /** What Stemma itself installed. */
  readonly installed: {
    readonly version: string;
    readonly gpu: boolean;
    readonly folder: string;
    readonly diskBytes: number;
    /** ISO 8601. */
    readonly at: string;
    /** Threads that were fastest here; null: not measured. */
    readonly threads: number | null;
    readonly measured: EngineGain | null;
  } | null;
  /** The library that would be used, whoever installed it. */
  readonly found: {
    readonly folder: string;
    readonly version: string;
    readonly source: 'named' | 'installed' | 'python' | 'tfjs-node';
    readonly gpu: boolean;
  } | null;
  /** The installation that is going on now, or the last one of this host. */
  readonly state: EngineInstalling | null;
}

export interface ActiveExperiment {
  readonly id: string;
  readonly title: string;
  readonly phase: TrainingPhase;
  /** Networks in all, and those that are done. */
  readonly total: number;
  readonly done: number;
  /** The one at work; null before the first. */
  readonly net: {
    readonly variant: string;
    readonly seed: number;
    readonly run: string | null;
    readonly step: number;
    /** 0: nothing is trained. */
    readonly steps: number;
    /** Its training loss until now, as in a result. */
    readonly curve: readonly (readonly [number, number])[];
  } | null;
  readonly engine: string;
  readonly device: string;
  /** Null before it can be told. */
  readonly secondsLeft: number | null;
  readonly warnings: readonly string[];
}

export interface ExperimentEnd {
  readonly id: string;
  readonly state: ExperimentState;
  /** In words, where it did not simply finish. */
  readonly reason: string;
}

export type ExperimentListItem =
  | {
      readonly id: string;
      readonly title: string;
      readonly kind: ExperimentKind;
      /** ISO 8601. */
      readonly createdAt: string;
      readonly state: ExperimentState;
      readonly total: number;
      readonly done: number;
      /** How long its steps took, as a multiple of what was expected; null where none is done. */
      readonly pace: number | null;
    }
  | { readonly id: string; readonly damaged: string };

export interface OpenedExperiment {
  /** The `.stemma-experiment` text. */
  readonly experiment: string;
  readonly record: ExperimentRecord;
}
