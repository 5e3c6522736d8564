/**
 * The one typed interface that the page speaks, whatever hosts it. Arguments are validated on arrival; answers are
 * data. A call's name, its argument's schema and its answer's type stand here and nowhere else; what those are made of
 * stands in `contract-values.ts`.
 */
import { z } from 'zod';
import type { ExperimentResult } from '../experiments/results.ts';
import { answerSets } from '../runs/answers.ts';
import { type Curve, curveNames } from '../runs/curves.ts';
import { labelFields, type RunLabels } from '../runs/labels.ts';
import type { Metric } from '../training/metric.ts';
import type { Look } from '../training/telemetry.ts';
import { type InspectAnswers, inspectCalls } from './contract-inspect.ts';
import { type Evaluating, fromRun, type UseAnswers, useCalls } from './contract-use.ts';
import type {
  ActiveExperiment,
  ActiveRun,
  AddProgress,
  AnsweredPictures,
  AppInfo,
  CheckpointInfo,
  CsvGuess,
  DatasetInfo,
  DocumentEntry,
  Draft,
  DraftEntry,
  EngineInfo,
  EngineInstallation,
  EngineInstalling,
  EvaluationReport,
  ExperimentEnd,
  ExperimentListItem,
  ExportResult,
  FormatInfo,
  LabelledPictures,
  MachineMemory,
  OpenedDocument,
  OpenedExperiment,
  OpenedRun,
  OwnData,
  ProbeResult,
  QueueState,
  RunEnd,
  RunListItem,
  RunsUsage,
  SampleReport,
} from './contract-values.ts';

/** Largest text that a call may carry: a document of the largest size, quoted. */
export const MAX_MESSAGE_BYTES = 80 * 2 ** 20;

const text = (max: number) => z.string().max(max);
const documentText = text(32 * 2 ** 20);
const place = text(4096).min(1);
const runId = text(200).min(1);
const recipe = z.record(text(100), z.union([z.number(), z.boolean(), text(1000)]));
const nothing = z.strictObject({});
/** Engines with a library that is installed apart from Stemma. */
const nativeEngine = z.literal('tensorflow');

const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).optional(),
  /** The first-run tour was ended or skipped. */
  tourDone: z.boolean().optional(),
  /** What to train with, as 'tensorflow' or 'tensorflow@cuda:1'; '' or absent: the fastest that is available. */
  engine: text(100).optional(),
  /** The native engine was offered, and the person has answered. */
  engineOffered: z.boolean().optional(),
  /** Sizes and open panels, as the page likes to keep them. */
  layout: z.record(text(100), z.union([z.number(), z.boolean(), text(200)])).optional(),
});
export type Settings = z.infer<typeof settings>;

const menuItem = z.union([
  z.strictObject({ separator: z.literal(true) }),
  z.strictObject({
    id: text(100),
    title: text(200),
    /** As 'Mod+Shift+S'. */
    shortcut: text(50).optional(),
    enabled: z.boolean(),
    checked: z.boolean().optional(),
  }),
]);
const menu = z.array(z.strictObject({ title: text(100), items: z.array(menuItem).max(100) })).max(20);
export type MenuDescription = z.infer<typeof menu>;

const column = z.int().min(0).max(10_000);
const csvColumns = z.strictObject({
  separator: z.enum([',', ';', '\t']),
  header: z.boolean(),
  path: column,
  label: column,
  part: column.nullable(),
});

/** Every call's argument. */
export const callSchemas = {
  /** What hosts the page, and what it can do. */
  'app.info': nothing,
  /** Of the machine, now. */
  'app.memory': nothing,
  'settings.get': nothing,
  'settings.set': settings,

  /** Documents in the host's folder and recently opened ones, newest first. */
  'documents.list': nothing,
  /** Only at a place that the host gave: listed, chosen, recent, named on the command line. */
  'documents.open': z.strictObject({ place }),
  /**
   * `expected`: the tag last seen; refused as 'document/changed' where the file has another since. null: no file is
   * expected; one that is there is refused as 'document/exists', except once where 'documents.chooseSave' has just
   * asked about it. To replace it all the same, open it and save with the tag that it has now.
   */
  'documents.save': z.strictObject({
    place,
    text: documentText,
    expected: text(100).nullable(),
  }),
  /** The place of a name in the host's own folder; where the host has dialogs, they are used instead. */
  'documents.placeFor': z.strictObject({ name: text(100).min(1) }),
  /** The system's own dialogs; refused where `app.info` says that there are none. null: cancelled. */
  'documents.chooseOpen': nothing,
  'documents.chooseSave': z.strictObject({ suggested: text(200) }),

  /** Autosave. One draft an open drawing, kept by the host until it is dropped. */
  'drafts.put': z.strictObject({
    id: text(64).regex(/^[A-Za-z0-9-]+$/),
    title: text(200),
    place: place.nullable(),
    text: documentText,
    /** The tag of the file when it was last opened or saved. */
    tag: text(100).nullable(),
  }),
  /** Drafts that no open page claims: what a crash left. */
  'drafts.list': nothing,
  'drafts.read': z.strictObject({ id: text(64).regex(/^[A-Za-z0-9-]+$/) }),
  'drafts.drop': z.strictObject({ id: text(64).regex(/^[A-Za-z0-9-]+$/) }),

  /** What the host's window should show and ask before it closes. */
  'window.state': z.strictObject({ title: text(300), dirty: z.boolean(), place: place.nullable() }),
  'window.menu': menu,
  /** A further window, with a drawing or empty. */
  'window.open': z.strictObject({ place: place.nullable() }),
  /** After the event 'window.saveAndClose', once the page has saved. */
  'window.close': nothing,
  'shell.reveal': z.strictObject({ place }),
  'shell.openLink': z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2000) }),

  'engines.list': nothing,
  /** What can be installed, with its sizes; what is installed; what is being installed now. */
  'engines.installation': z.strictObject({ engine: nativeEngine }),
  /**
   * Answers when it is done; progress comes as events. `wheel`: a wheel, or a folder of them, on the host's disk, in
   * place of fetching. Whatever it names, only files with the pinned sums are taken from it.
   */
  'engines.install': z.strictObject({ engine: nativeEngine, gpu: z.boolean(), wheel: place.nullable() }),
  'engines.cancelInstall': z.strictObject({ engine: nativeEngine }),
  /** Only what Stemma installed itself. */
  'engines.remove': z.strictObject({ engine: nativeEngine }),
  'data.list': nothing,
  /** Fetches a data set; progress comes as events. */
  'data.fetch': z.strictObject({ id: text(100) }),
  'data.cancelFetch': z.strictObject({ id: text(100) }),
  /** A folder, or a CSV, in the system's own dialog; refused where there is none. null: cancelled. */
  'data.chooseFolder': z.strictObject({ csv: z.boolean() }),
  /** What lies at a place of the host's disk, before its pictures are looked at: a folder, or a CSV with its columns. */
  'data.look': z.strictObject({ place }),
  /** Registers the pictures of a place; answers when all were looked at, progress comes as events. One at a time. */
  'data.add': z.strictObject({
    place,
    /** null: after the place. */
    title: text(200).min(1).nullable(),
    fit: z.enum(['crop', 'pad']),
    /** Of a CSV; null: as guessed. */
    columns: csvColumns.nullable(),
  }),
  'data.cancelAdd': nothing,
  /** What was found when a set of one's own was added. */
  'data.own': z.strictObject({ id: text(100) }),
  /** The registration; no picture is touched. */
  'data.remove': z.strictObject({ id: text(100) }),
  /**
   * Training pictures as the network will see them, from `from` on; `draws` of each one after another, as the first
   * epochs change it.
   */
  'data.preview': z.strictObject({
    recipe,
    shape: z.tuple([z.int().min(1).max(1024), z.int().min(1).max(1024), z.int().min(1).max(16)]),
    from: z.int().min(0).max(10_000_000),
    count: z.int().min(1).max(64),
    draws: z.int().min(1).max(16).optional(),
  }),

  /** A few steps on made-up pictures in a process of its own: how long a step takes. One at a time. */
  'training.probe': z.strictObject({ document: documentText, recipe, engine: text(100).nullable() }),
  /** `from`: the new run begins with the weights of this one, as far as `training.match` says that they fit. */
  'training.start': z.strictObject({
    ...{ document: documentText, recipe, engine: text(100).nullable() },
    from: fromRun.optional(),
  }),
  /**
   * Goes on with a run in its own folder, from its last checkpoint: the same steps as if it had never ended. `epochs`:
   * in all, where not what its recipe says; `engine` null: the one that it was trained on.
   */
  'training.resume': z.strictObject({
    run: runId,
    epochs: z.int().min(1).max(10_000).nullable(),
    engine: text(100).nullable(),
  }),
  /** pause and stop take effect after the step; cancel ends the process at once. */
  'training.control': z.strictObject({ run: runId, action: z.enum(['pause', 'resume', 'stop', 'cancel']) }),
  /** Everything that is being trained now, for a page that comes late. */
  'training.active': nothing,

  /** Trainings that wait for their turn; each answers with what waits then. */
  'queue.list': nothing,
  /** Begins at once where nothing is trained and the queue is not held. */
  'queue.add': z.strictObject({
    ...{ document: documentText, recipe, engine: text(100).nullable() },
    from: fromRun.optional(),
  }),
  /** `to`: its place among the others, from 0. */
  'queue.move': z.strictObject({ id: text(64).min(1), to: z.int().min(0).max(1000) }),
  'queue.remove': z.strictObject({ id: text(64).min(1) }),
  /** Held, nothing begins by itself; so it is where trainings were left over when Stemma ended. */
  'queue.hold': z.strictObject({ held: z.boolean() }),

  'runs.list': nothing,
  'runs.open': z.strictObject({ run: runId }),
  /** What the metrics file holds from line `from` on; at most 20,000 lines an answer. */
  'runs.metrics': z.strictObject({ run: runId, from: z.int().min(0).max(100_000_000) }),
  /** Looks at the network, from a place in their file on: 0, or `next` of the last answer. */
  'runs.telemetry': z.strictObject({
    run: runId,
    from: z
      .int()
      .min(0)
      .max(2 ** 40),
  }),
  /** Drawings as trained, of many runs at once; null: it cannot be read. */
  'runs.documents': z.strictObject({ runs: z.array(runId).max(100) }),
  /**
   * Series for charts, each of at most so many points: where there are more values, every stretch has its least, its
   * greatest and what is no number. `from`, `to`: steps, both included. `lines`: the metric lines that they are made of.
   */
  'runs.curves': z.strictObject({
    run: runId,
    series: z.array(z.enum(curveNames)).min(1).max(curveNames.length),
    points: z.int().min(5).max(20_000),
    from: z.int().min(0).optional(),
    to: z.int().min(0).optional(),
  }),
  'runs.checkpoints': z.strictObject({ run: runId }),
  /** The person's words for it; what is not named stays. */
  'runs.edit': z
    .strictObject({ run: runId, ...labelFields })
    .partial({ title: true, note: true, tags: true }),
  /** What runs take on the disk, one by one and in all. */
  'runs.usage': nothing,
  'runs.delete': z.strictObject({ run: runId }),
  /**
   * Pictures of a set with what the network answered at the last look; null where none was stored. `truth`, `answer`: those
   * of a cell of the confusion matrix; `changed`: those that turned right or wrong since the epoch before.
   */
  'runs.answers': z.strictObject({
    run: runId,
    set: z.enum(answerSets),
    truth: z.int().min(0).max(65_535).optional(),
    answer: z.int().min(0).max(65_535).optional(),
    changed: z.enum(['right', 'wrong']).optional(),
    order: z.enum(['wrong', 'unsure']),
    from: z.int().min(0).max(100_000_000),
    count: z.int().min(1).max(100),
  }),

  ...useCalls,
  ...inspectCalls,
  /** Newest first. */
  'experiments.list': nothing,
  'experiments.open': z.strictObject({ id: runId }),
  /** Keeps a `.stemma-experiment` text, to be run later. */
  'experiments.save': z.strictObject({ experiment: documentText }),
  /** A new one, or the stored one of this id goes on with what is not done. */
  'experiments.start': z.strictObject({
    source: z.union([z.strictObject({ experiment: documentText }), z.strictObject({ id: runId })]),
    engine: text(100).nullable(),
  }),
  /** pause and stop take effect after the step; cancel ends the process at once. What is done is kept. */
  'experiments.control': z.strictObject({
    id: runId,
    action: z.enum(['pause', 'resume', 'stop', 'cancel']),
  }),
  /** The one that runs now, for a page that comes late. */
  'experiments.active': nothing,
  /** Its runs stay. */
  'experiments.delete': z.strictObject({ id: runId }),

  'exports.formats': nothing,
  /** `run` null: the drawing of `document` with fresh weights. `place` null: the host's own folder. */
  'exports.start': z.strictObject({
    run: runId.nullable(),
    document: documentText.nullable(),
    format: text(50),
    place: place.nullable(),
    overwrite: z.boolean(),
  }),
  'exports.choosePlace': z.strictObject({ suggested: text(200), folder: z.boolean() }),
} as const;

export type CallName = keyof typeof callSchemas;
export type CallArgument<K extends CallName> = z.infer<(typeof callSchemas)[K]>;

/** Every call's answer. */
export interface Answers extends UseAnswers, InspectAnswers {
  'app.info': AppInfo;
  'app.memory': MachineMemory;
  'settings.get': Settings;
  'settings.set': Settings;
  'documents.list': {
    readonly folder: string;
    readonly documents: readonly DocumentEntry[];
    readonly recent: readonly DocumentEntry[];
  };
  'documents.open': OpenedDocument;
  'documents.save': { readonly place: string; readonly name: string; readonly tag: string };
  'documents.placeFor': { readonly place: string; readonly exists: boolean };
  'documents.chooseOpen': { readonly place: string } | null;
  'documents.chooseSave': { readonly place: string } | null;
  'drafts.put': null;
  'drafts.list': readonly DraftEntry[];
  'drafts.read': Draft;
  'drafts.drop': null;
  'window.state': null;
  'window.menu': null;
  'window.open': null;
  'window.close': null;
  'shell.reveal': null;
  'shell.openLink': null;
  'engines.list': readonly EngineInfo[];
  'engines.installation': EngineInstallation;
  'engines.install': null;
  'engines.cancelInstall': null;
  'engines.remove': null;
  'data.list': readonly DatasetInfo[];
  'data.fetch': null;
  'data.cancelFetch': null;
  'data.chooseFolder': { readonly place: string } | null;
  'data.look': { readonly place: string; readonly title: string; readonly csv: CsvGuess | null };
  'data.add': OwnData;
  'data.cancelAdd': null;
  'data.own': OwnData;
  'data.remove': null;
  'data.preview': LabelledPictures;
  'training.probe': ProbeResult;
  'training.start': { readonly run: string };
  'training.resume': { readonly run: string };
  'training.control': null;
  'training.active': readonly ActiveRun[];
  'queue.list': QueueState;
  'queue.add': QueueState;
  'queue.move': QueueState;
  'queue.remove': QueueState;
  'queue.hold': QueueState;
  'runs.list': readonly RunListItem[];
  'runs.open': OpenedRun;
  'runs.metrics': { readonly metrics: readonly Metric[]; readonly next: number };
  /** Looks of a run that is being trained may come twice: a step has one. `next` null: there are no more in the file. */
  'runs.telemetry': { readonly looks: readonly Look[]; readonly next: number | null };
  'runs.documents': readonly (string | null)[];
  'runs.curves': {
    readonly curves: readonly Curve[];
    readonly lines: number;
    readonly lastStep: number | null;
  };
  'runs.checkpoints': readonly CheckpointInfo[];
  'runs.edit': RunLabels;
  'runs.usage': RunsUsage & { readonly trash: string };
  'runs.delete': null;
  'experiments.list': readonly ExperimentListItem[];
  'experiments.open': OpenedExperiment;
  'experiments.save': { readonly id: string };
  'experiments.start': { readonly id: string };
  'experiments.control': null;
  'experiments.active': ActiveExperiment | null;
  'experiments.delete': null;
  'runs.answers': AnsweredPictures | null;
  'exports.formats': readonly FormatInfo[];
  'exports.start': ExportResult;
  'exports.choosePlace': { readonly place: string } | null;
}

/** What the host tells unasked. */
export interface Events {
  /** The state of a run that is being trained, at most ten times a second, and when its phase changes. */
  'training.state': ActiveRun;
  /** Metrics since the last such event, at most ten events a second; `from` is the line of the first. */
  'training.metrics': { readonly run: string; readonly from: number; readonly metrics: readonly Metric[] };
  /** The last look, at most ten times a second; 'runs.telemetry' has all. */
  'training.telemetry': { readonly run: string; readonly look: Look };
  'training.evaluation': { readonly run: string; readonly report: EvaluationReport };
  'training.samples': { readonly run: string; readonly report: SampleReport };
  /** At most ten times a second. */
  'runs.evaluating': Evaluating;
  'training.ended': RunEnd;
  'queue.changed': QueueState;
  /** At most ten times a second, and when its phase changes. */
  'experiments.state': ActiveExperiment;
  /** A network is done. */
  'experiments.result': { readonly id: string; readonly result: ExperimentResult };
  'experiments.ended': ExperimentEnd;
  /** One was made, ended or removed. */
  'experiments.changed': Record<string, never>;
  /** A run was made, ended or removed. */
  'runs.changed': Record<string, never>;
  /** At most ten times a second, and when the phase changes; the last is 'done', 'failed' or 'cancelled'. */
  'engines.installing': EngineInstalling;
  'data.progress': {
    readonly id: string;
    readonly file: string;
    readonly received: number;
    readonly total: number;
    readonly done: boolean;
    readonly error: string | null;
  };
  /** Pictures of one's own that are being added, at most ten times a second; `over` is the last of them. */
  'data.adding': AddProgress & { readonly place: string; readonly over: boolean };
  /** There are other data sets than before. */
  'data.changed': Record<string, never>;
  /** A command of the registry, chosen in the system's menu. */
  'menu.command': { readonly id: string };
  /** The system asks for a file to be opened in this window. */
  'documents.openRequest': { readonly place: string };
  /** The window is about to close with unsaved changes; the person said "Save": save, then call 'window.close'. */
  'window.saveAndClose': Record<string, never>;
}
export type EventName = keyof Events;

export type * from './contract-inspect.ts';
export type * from './contract-use.ts';
export type * from './contract-values.ts';

export interface CallError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CallError };

/** What preload and the WebSocket give the page. `call` never rejects. */
export interface Bridge {
  call<K extends CallName>(name: K, argument: CallArgument<K>): Promise<Answer<Answers[K]>>;
  /** Returns what ends it. */
  on<K extends EventName>(name: K, listener: (value: Events[K]) => void): () => void;
}

/** Who calls: one window or one connection. */
export interface Caller {
  readonly id: string;
  emit<K extends EventName>(name: K, value: Events[K]): void;
}

export type Handlers = {
  readonly [K in CallName]: (argument: CallArgument<K>, caller: Caller) => Promise<Answers[K]> | Answers[K];
};
