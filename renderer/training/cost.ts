/** What a training will cost: steps, pictures, time. */
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { DatasetInfo, EngineGain, ProbeResult } from '../../src/services/contract.ts';
import { looks } from '../../src/services/pace.ts';
import { duration, exact } from '../ui/format.ts';

/** Forward once, and about twice that backward. */
const PASSES = 3;

/** Multiply-adds a second, from a measured step. */
export const speedOf = (macs: number, batch: number, stepMs: number) =>
  (macs * PASSES * batch * 1000) / stepMs;

/** Where a time comes from, the best first. */
export type Source = 'measured' | 'alike' | 'installed' | 'assumed';

export const sourceWords: Readonly<Record<Source, string>> = {
  measured: 'Measured on this machine, with this drawing, batch and engine.',
  alike:
    'Estimated from what was measured on this machine and engine, for another drawing, other pictures or another batch.',
  installed: 'Estimated from the step that was measured on this machine when the engine was installed.',
  assumed: 'Estimated from ResNet-18 on another machine, with two cores. Measure to know it for this one.',
};

/** Multiply-adds a second of a training step. */
export interface Speed {
  readonly perSecond: number;
  readonly source: Exclude<Source, 'measured'>;
}

/**
 * Where this machine was not measured: ResNet-18 on two cores. Portable, 96 × 96, batch 128: 5.8 s a step (2026-11-24).
 * TensorFlow, 32 × 32, batch 32, as in the quick look: 110 ms (the sketch in probes.md); larger pictures go faster.
 */
const ASSUMED: Readonly<Record<string, number>> = {
  portable: speedOf(318_657_536, 128, 5800),
  tensorflow: speedOf(35_410_944, 32, 110),
};
/** Of what an installation measures: d2l's ResNet-18 on 32 × 32 pictures, 32 a step. */
const INSTALL_WORK = { macs: 35_410_944, batch: 32 };

/** Undefined: nothing is known of this engine. `place`: 'portable@cpu' */
export function speedAt(
  place: string,
  speeds: Readonly<Record<string, number>>,
  gain: EngineGain | null,
): Speed | undefined {
  const measured = speeds[place];
  if (measured !== undefined) return { perSecond: measured, source: 'alike' };
  const [engine = '', device = 'cpu'] = place.split('@');
  // What was installed was measured on the processor or on a GPU: it counts for one of them only.
  const stepMs =
    engine === 'portable'
      ? gain?.portableStepMs
      : place === 'tensorflow@cpu'
        ? gain?.tensorflowStepMs
        : undefined;
  if (stepMs !== undefined)
    return { perSecond: speedOf(INSTALL_WORK.macs, INSTALL_WORK.batch, stepMs), source: 'installed' };
  const assumed = device === 'cpu' ? ASSUMED[engine] : undefined;
  return assumed === undefined ? undefined : { perSecond: assumed, source: 'assumed' };
}

export interface Cost {
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Pictures seen in training, each time counted. */
  readonly pictures: number;
  /** Times that the held-out pictures are judged. */
  readonly looks: number;
  /** Null: nothing is known of the network or the engine. */
  readonly time: {
    readonly stepMs: number;
    readonly trainSeconds: number;
    readonly validationSeconds: number;
    readonly testSeconds: number;
    /** All of it. */
    readonly seconds: number;
    readonly source: Source;
  } | null;
}

/** As `trainingPictures` in services/pictures.ts holds pictures out. */
function trainedPictures(
  { limit, validation }: Recipe,
  { trainCount, validationCount }: Counts,
): { train: number; held: number } {
  const chosen = limit > 0 ? Math.min(limit, trainCount) : trainCount;
  if (validationCount > 0) return { train: chosen, held: validationCount };
  const held = validation === 0 ? 0 : Math.min(chosen - 1, Math.max(1, Math.round(validation * chosen)));
  return { train: chosen - held, held };
}

type Counts = Pick<DatasetInfo, 'trainCount' | 'testCount' | 'validationCount'>;

interface Known {
  readonly probe?: Pick<ProbeResult, 'stepMs' | 'predictMs'> | undefined;
  readonly speed?: Speed | undefined;
}

/** Milliseconds a picture, in training and in judging: that goes forward only. */
function paceOf(batch: number, macs: number | null, { probe, speed }: Known) {
  if (probe)
    return { train: probe.stepMs / batch, judge: probe.predictMs / batch, source: 'measured' as const };
  if (macs === null || !speed) return undefined;
  const train = (macs * PASSES * 1000) / speed.perSecond;
  return { train, judge: train / PASSES, source: speed.source };
}

export function costOf(recipe: Recipe, data: Counts, macs: number | null, known: Known = {}): Cost {
  const { train, held } = trainedPictures(recipe, data);
  const stepsPerEpoch = Math.ceil(train / recipe.batch);
  const steps = stepsPerEpoch * recipe.epochs;
  const pictures = train * recipe.epochs;
  const judged = held > 0 ? looks({ recipe, stepsPerEpoch }, steps) : 0;
  const counts = { steps, stepsPerEpoch, pictures, looks: judged };
  const pace = paceOf(recipe.batch, macs, known);
  if (!pace) return { ...counts, time: null };
  const trainSeconds = (pictures * pace.train) / 1000;
  const validationSeconds = (held * judged * pace.judge) / 1000;
  const testSeconds = (data.testCount * pace.judge) / 1000;
  const seconds = trainSeconds + validationSeconds + testSeconds;
  const { source } = pace;
  const stepMs = pace.train * Math.min(recipe.batch, train);
  return { ...counts, time: { stepMs, trainSeconds, validationSeconds, testSeconds, seconds, source } };
}

const counted = (count: number, one: string) => `${exact(count)} ${one}${count === 1 ? '' : 's'}`;

/** '90 steps · 2,880 pictures' */
export const amountWords = ({ steps, pictures }: Cost) =>
  `${counted(steps, 'step')} · ${counted(pictures, 'picture')}`;

const A_FEW_SECONDS = 10;

/** Coarse, as an estimate is. */
export function roughly(seconds: number): string {
  if (seconds < A_FEW_SECONDS) return 'a few seconds';
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Number((seconds / 3600).toFixed(1))} hours`;
  return duration(seconds);
}

export function timeWords({ time }: Cost): string {
  if (!time) return 'time unknown';
  const { seconds, source } = time;
  return `${source === 'measured' || seconds < A_FEW_SECONDS ? '' : 'about '}${roughly(seconds)}`;
}

/** 'Training 9 s, 4 looks at the held-out pictures 1 s, the test 3 s.' */
export function partsWords({ time, looks: count, steps }: Cost): string {
  if (!time) return '';
  const { trainSeconds, validationSeconds, testSeconds } = time;
  const held =
    count > 0 ? `, ${counted(count, 'look')} at the held-out pictures ${duration(validationSeconds)}` : '';
  return `${counted(steps, 'step')} ${duration(trainSeconds)}${held}, the test at the end ${duration(testSeconds)}.`;
}

export const sourceOf = ({ time }: Cost) => time && sourceWords[time.source];
