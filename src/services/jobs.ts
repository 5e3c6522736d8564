/** What the trainer process can be asked to do; what crosses between it and its parent. Types alone. */
import type { ExperimentResult } from '../experiments/results.ts';
import type { Metric } from '../training/metric.ts';
import type { Look } from '../training/telemetry.ts';
import type {
  AddProgress,
  AskedPicture,
  CallArgument,
  CallError,
  DataEvaluation,
  EngineInfo,
  EvaluationReport,
  ExportResult,
  FormatInfo,
  LayerFilters,
  LayerMaps,
  OwnData,
  Prediction,
  ProbeResult,
  SampleReport,
  TrainedNetwork,
  TrainingPhase,
} from './contract.ts';

export interface TrainingJob {
  readonly document: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly engine?: string;
  readonly dataDir?: string;
  readonly runsHome: string;
  /** Goes on in this run's folder where its last checkpoint ends; `document` and `recipe` are then the run's. */
  readonly resume?: {
    readonly run: string;
    /** The engine is the one that it was trained on; nobody asked for it. */
    readonly sameEngine: boolean;
  };
  /** A new run that begins with this one's weights, as far as they fit. */
  readonly from?: FromRun;
}

/** `run`: its folder. `checkpoint`: a name of one, or 'best'; absent: the weights that it answers with. */
export interface FromRun {
  readonly run: string;
  readonly checkpoint?: string;
}

export interface TrainingResult {
  readonly run: string;
  readonly engine: string;
  readonly steps: number;
  /** Of the steps of this process; null where it did none. */
  readonly stepMs: { readonly median: number; readonly p95: number } | null;
  readonly imagesPerSecond: number | null;
  readonly trainLoss: number;
  /** Null where it was stopped before it was known. */
  readonly testAccuracy: number | null;
  readonly testLoss: number | null;
  /** Steps done by the weights that are kept: the last, or the best on the held-out pictures. */
  readonly weightsOfStep: number;
  readonly peakRssMB: number;
  readonly stopped: boolean;
  /** Why it ended where it did, in words; '' where all epochs are done. */
  readonly reason: string;
}

export type TrainingEvent =
  | {
      readonly type: 'started';
      /** The run's folder. */
      readonly run: string;
      readonly title: string;
      readonly engine: string;
      readonly why: string;
      readonly device: string;
      readonly steps: number;
      readonly stepsPerEpoch: number;
      /** Steps done, and lines of metrics stored, when it began: of a run that goes on. */
      readonly done: number;
      readonly metricLines: number;
      readonly testCount: number;
      readonly memoryBytes: number;
    }
  | { readonly type: 'phase'; readonly phase: TrainingPhase }
  | { readonly type: 'metric'; readonly metric: Metric }
  | { readonly type: 'telemetry'; readonly look: Look }
  | { readonly type: 'evaluation'; readonly report: EvaluationReport; readonly durationMs: number }
  | { readonly type: 'samples'; readonly report: SampleReport }
  | { readonly type: 'warning'; readonly message: string };

/** What the person wants of a training; asked between two steps. */
export interface TrainingControl {
  wanted(): Promise<'go' | 'pause' | 'stop'>;
  /** Resolves when it is no pause, at once where it is none. */
  resumed(): Promise<void>;
}

export interface ProbeJob {
  readonly document: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly engine?: string;
  /** Few where not given. */
  readonly steps?: number;
  /** TensorFlow's library in this folder, with so many threads, in place of the one that would be found. */
  readonly library?: { readonly folder: string; readonly threads: number | null };
}

export interface ExportJob {
  /** A run's folder, or a drawing. */
  readonly source: { readonly run: string } | { readonly document: string };
  readonly format: string;
  readonly place: string;
}

export interface ExperimentJob {
  /** A `.stemma-experiment` text, or the id of a stored one that is to go on. */
  readonly source: { readonly experiment: string } | { readonly id: string };
  readonly runsHome: string;
  readonly engine?: string;
  readonly dataDir?: string;
}

export type ExperimentEvent =
  | {
      readonly type: 'started';
      readonly id: string;
      readonly folder: string;
      /** Networks in all, and those that were done before. */
      readonly total: number;
      readonly done: number;
    }
  /** The next network. */
  | {
      readonly type: 'net';
      readonly variant: string;
      readonly seed: number;
      readonly run: string | null;
      /** 0: nothing is trained. */
      readonly steps: number;
      readonly engine: string;
      readonly device: string;
    }
  /** `x`: where its curve has this loss. */
  | {
      readonly type: 'step';
      readonly step: number;
      readonly steps: number;
      readonly x: number;
      readonly loss: number;
    }
  | { readonly type: 'phase'; readonly phase: TrainingPhase }
  | { readonly type: 'result'; readonly result: ExperimentResult }
  | { readonly type: 'warning'; readonly message: string };

export interface ExperimentOutcome {
  readonly id: string;
  readonly folder: string;
  readonly results: readonly ExperimentResult[];
  readonly stopped: boolean;
}

/** A run judged on pictures that it need not have been trained on. */
export interface EvaluateJob {
  /** Its folder. */
  readonly run: string;
  readonly data: string;
  readonly split: 'train' | 'validation' | 'test';
  /** Only so many, chosen by the run's seed; 0 or absent: all. */
  readonly limit?: number;
  readonly engine?: string;
  readonly dataDir?: string;
}
export interface EvaluateProgress {
  readonly done: number;
  readonly total: number;
}

/** A run's network, held open until it is stopped. */
export interface UseJob {
  /** Its folder. */
  readonly run: string;
}

export type Question =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'predict';
      readonly picture: AskedPicture;
      readonly invert: boolean;
      readonly map: number | 'answer' | null;
    }
  | { readonly kind: 'maps'; readonly path: string; readonly picture: number }
  | { readonly kind: 'filters'; readonly path: string };
/** What each kind of question is answered with. */
export interface QuestionAnswers {
  readonly open: TrainedNetwork;
  readonly predict: Prediction;
  readonly maps: LayerMaps;
  readonly filters: LayerFilters;
}
export interface AskMessage {
  readonly type: 'ask';
  readonly id: number;
  readonly question: Question;
}
export type UseEvent = { readonly id: number } & (
  | { readonly ok: true; readonly value: QuestionAnswers[keyof QuestionAnswers] }
  | { readonly ok: false; readonly error: CallError }
);

export interface Description {
  readonly engines: readonly EngineInfo[];
  readonly formats: readonly FormatInfo[];
}

export type AddDataJob = CallArgument<'data.add'>;

/** Kinds of jobs. Everything that needs tf.js is one, so that a host starts without it and stays fluid. */
export interface Jobs {
  train: { job: TrainingJob; event: TrainingEvent; result: TrainingResult };
  probe: { job: ProbeJob; event: never; result: ProbeResult };
  export: { job: ExportJob; event: never; result: ExportResult };
  addData: { job: AddDataJob; event: AddProgress; result: OwnData };
  experiment: { job: ExperimentJob; event: ExperimentEvent; result: ExperimentOutcome };
  evaluate: { job: EvaluateJob; event: EvaluateProgress; result: DataEvaluation | null };
  use: { job: UseJob; event: UseEvent; result: null };
  describe: { job: Record<string, never>; event: never; result: Description };
}
export type JobKind = keyof Jobs;

export type StartMessage = {
  [K in JobKind]: { readonly type: 'start'; readonly kind: K; readonly job: Jobs[K]['job'] };
}[JobKind];
export type ToTrainer =
  | StartMessage
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  | AskMessage
  /** Its last message has arrived. */
  | { readonly type: 'end' };
export type FromTrainer =
  | { readonly type: 'event'; readonly event: unknown }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly hint?: string };
