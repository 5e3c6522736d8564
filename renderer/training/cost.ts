/** What a training will cost: steps, pictures, time. */

import type { Recipe } from '../../src/recipe/recipe.ts';
import type { DatasetInfo, ProbeResult } from '../../src/services/contract.ts';
import { duration, exact } from '../ui/format.ts';

/**
 * Multiplications and additions a second of a training step, where this machine was not measured: the portable engine,
 * ResNet-18 at 96 × 96, batch 128, two cores, 5.8 s a step (2026-11-24).
 */
const ASSUMED_SPEED = (318_657_536 * 3 * 128) / 5.8;
const ASSUMED_SOURCE =
  'Estimated from ResNet-18 measured on two cores with the portable engine (24 November 2026). Measure to know it for this machine.';

const MEASURED_SOURCE =
  'Estimated from what was measured on this machine, for other pictures or another batch.';

/** Forward once, and about twice that backward. */
const PASSES = 3;

/** Multiply-adds a second, from a measured step. */
export const speedOf = (macs: number, batch: number, stepMs: number) =>
  (macs * PASSES * batch * 1000) / stepMs;

export interface Cost {
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Pictures seen, each time counted. */
  readonly pictures: number;
  /** Null: nothing is known of the network. */
  readonly seconds: number | null;
  readonly measured: boolean;
}

/** As `split` in data/split.ts holds pictures out. */
function trainedPictures({ limit, validation }: Recipe, total: number): { train: number; held: number } {
  const chosen = limit > 0 ? Math.min(limit, total) : total;
  const held = validation === 0 ? 0 : Math.min(chosen - 1, Math.max(1, Math.round(validation * chosen)));
  return { train: chosen - held, held };
}

export function costOf(
  recipe: Recipe,
  data: Pick<DatasetInfo, 'trainCount' | 'testCount'>,
  macs: number | null,
  { probe, speed }: { probe?: Pick<ProbeResult, 'stepMs'> | undefined; speed?: number | null } = {},
): Cost {
  const { train, held } = trainedPictures(recipe, data.trainCount);
  const stepsPerEpoch = Math.ceil(train / recipe.batch);
  const steps = stepsPerEpoch * recipe.epochs;
  const pictureMs = probe
    ? probe.stepMs / recipe.batch
    : macs === null
      ? null
      : (macs * PASSES * 1000) / (speed ?? ASSUMED_SPEED);
  const looks =
    recipe.validation > 0
      ? recipe.epochs + (recipe.validateEvery > 0 ? Math.floor(steps / recipe.validateEvery) : 0)
      : 0;
  // Judging goes forward only.
  const judged = (held * looks + data.testCount) / PASSES;
  const pictures = train * recipe.epochs;
  return {
    ...{ steps, stepsPerEpoch, pictures, measured: probe !== undefined },
    seconds: pictureMs === null ? null : ((pictures + judged) * pictureMs) / 1000,
  };
}

/** '90 steps · 2,880 pictures' */
export const amountWords = ({ steps, pictures }: Cost) =>
  `${exact(steps)} ${steps === 1 ? 'step' : 'steps'} · ${exact(pictures)} pictures`;

const A_FEW_SECONDS = 10;

/** Coarse, as an estimate is. */
function roughly(seconds: number): string {
  if (seconds < A_FEW_SECONDS) return 'a few seconds';
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Number((seconds / 3600).toFixed(1))} hours`;
  return duration(seconds);
}

export const timeWords = ({ seconds, measured }: Cost) =>
  seconds === null
    ? 'time unknown'
    : `${measured || seconds < A_FEW_SECONDS ? '' : 'about '}${roughly(seconds)}`;

/** Where a time comes from; undefined where it was measured itself. */
export const sourceOf = ({ measured }: Cost, speed: number | null) =>
  measured ? undefined : speed === null ? ASSUMED_SOURCE : MEASURED_SOURCE;
