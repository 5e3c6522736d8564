/** Calls on what was trained: asking a network of a run, judging it on other pictures. */
import { z } from 'zod';
import type { WeightsMatch } from '../weights/match.ts';
import type { Pictures } from './contract-values.ts';
import { MAX_PICTURE_BYTES, MAX_SIDE } from './picture-limits.ts';

const text = (max: number) => z.string().max(max);
const run = text(200).min(1);

const base64Of = (bytes: number) => text(Math.ceil(bytes / 3) * 4);
const side = z.int().min(1).max(MAX_SIDE);

const picture = z.union([
  z.strictObject({ file: base64Of(MAX_PICTURE_BYTES).min(1) }),
  z.strictObject({
    /** [height, width, channels] bytes. */
    pixels: base64Of(MAX_SIDE * MAX_SIDE * 3).min(1),
    height: side,
    width: side,
    channels: z.union([z.literal(1), z.literal(3)]),
  }),
]);
export type AskedPicture = z.infer<typeof picture>;

const nothing = z.strictObject({});

/** `checkpoint`: a name of one, or 'best'; absent: the weights that it answers with. */
export const fromRun = z.strictObject({ run, checkpoint: text(100).min(1).optional() });

export const useCalls = {
  /** Which weights of a run a drawing would begin with. `classes`: of what it will be trained on. */
  'training.match': z.strictObject({
    document: text(32 * 2 ** 20),
    from: fromRun,
    classes: z.array(text(500)).max(10_000),
  }),

  /** Judges a run on a data set; progress comes as events, null: it was cancelled. One at a time. */
  'runs.evaluate': z.strictObject({
    run,
    data: text(100),
    split: z.enum(['train', 'validation', 'test']),
    engine: text(100).nullable(),
  }),
  'runs.cancelEvaluate': nothing,
  /** What it was judged on before, newest first. */
  'runs.evaluations': z.strictObject({ run }),

  /** Makes a network ready for questions, in a process of its own that ends when nothing is asked for a while. */
  'predict.open': z.strictObject({ run }),
  /** `map`: whose Grad-CAM: a class, or that of the answer; null: none. */
  'predict.run': z.strictObject({
    run,
    picture,
    invert: z.boolean(),
    map: z.union([z.int().min(0).max(1_000_000), z.literal('answer')]).nullable(),
  }),
  /** Nothing more will be asked soon: its memory is wanted elsewhere. */
  'predict.close': z.strictObject({ run }),
} as const;

export interface TrainedNetwork {
  readonly run: string;
  readonly title: string;
  /** [h, w, c] */
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  /** What it was trained on. */
  readonly data: string;
  /** Steps trained when the weights were stored; null: not told. */
  readonly step: number | null;
  /** When the weights were stored; ISO 8601. */
  readonly storedAt: string;
  /** Where Grad-CAM is taken from, or why there is none. */
  readonly map:
    | { readonly layer: string; readonly size: readonly [number, number] }
    | { readonly why: string };
}

export interface Saliency {
  readonly classIndex: number;
  readonly layer: string;
  /** [h, w] of the picture that the network saw, as bytes, the largest 255; base64. */
  readonly bytes: string;
  /** Nothing in the picture speaks for the class. */
  readonly empty: boolean;
}

export interface Prediction {
  /** Of the weights that answered, which may be newer than when it was opened. */
  readonly step: number | null;
  readonly storedAt: string;
  /** The most likely first, at most `TOP`. */
  readonly top: readonly { readonly index: number; readonly name: string; readonly probability: number }[];
  /** As the network saw it, before it was normalised. */
  readonly picture: Pictures;
  readonly saliency: Saliency | null;
  /** Its border is bright, as that of no picture on black is. */
  readonly brightBorder: boolean;
  /** What of the file is not in the answer, in words. */
  readonly notes: readonly string[];
}

/** Paths of weights. */
export interface RunMatch extends WeightsMatch {
  readonly run: string;
  readonly title: string;
  /** Steps that they were trained for; null: not told. */
  readonly step: number | null;
  readonly words: string;
}

/** How a run answers on a data set. */
export interface DataEvaluation {
  /** Its id. */
  readonly data: string;
  readonly title: string;
  readonly split: 'train' | 'validation' | 'test';
  /** Only so many pictures were asked; 0: all. */
  readonly limit: number;
  /** Steps trained; null: not told. */
  readonly step: number | null;
  /** ISO 8601. */
  readonly at: string;
  readonly engine: string;
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  /** The network's. */
  readonly classes: readonly string[];
  /** Row: the true class, as the network numbers it; column: the answer. */
  readonly confusion: readonly (readonly number[])[];
  /** Whether classes were matched by their names or, as none is the same, by their places. */
  readonly by: 'name' | 'place';
  /** The data set's classes, each with the network's; null: pictures of it were left out. */
  readonly dataClasses: readonly { readonly name: string; readonly to: number | null }[];
  readonly leftOut: number;
}

export interface Evaluating {
  readonly run: string;
  readonly data: string;
  readonly done: number;
  readonly total: number;
}

export interface UseAnswers {
  'runs.evaluate': DataEvaluation | null;
  'runs.cancelEvaluate': null;
  'runs.evaluations': readonly DataEvaluation[];
  'training.match': RunMatch;
  'predict.open': TrainedNetwork;
  'predict.run': Prediction;
  'predict.close': null;
}
