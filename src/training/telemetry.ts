/** What a look at a network in training tells; stored a line each in telemetry.jsonl. */
import type { Histogram, Observation } from '../compile/observation.ts';

/** Null: it was no number. */
export type Figure = number | null;

export interface ActivationFigures {
  readonly mean: Figure;
  readonly std: Figure;
  /** Of a ReLU: shares of zeros, and of channels that were 0 for the whole batch. */
  readonly zeros?: Figure;
  readonly dead?: Figure;
  readonly histogram?: Histogram;
}

export interface WeightFigures {
  /** Lengths: of the weight before the step, of its gradient before clipping, of what the step changed. */
  readonly norm: Figure;
  readonly gradient: Figure;
  readonly update: Figure;
  readonly histogram?: Histogram;
}

export interface Look {
  readonly step: number;
  readonly epoch: number;
  /** By layer path. */
  readonly activations: Readonly<Record<string, ActivationFigures>>;
  /** By weight path; trained ones only. */
  readonly weights: Readonly<Record<string, WeightFigures>>;
  /** Forward and backward of each layer in milliseconds, where the engine can tell. */
  readonly layerMs?: Readonly<Record<string, Figure>>;
}

const DIGITS = 4;
const short = (value: number): Figure => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null);

function shortened<T extends object>(of: Readonly<Record<string, T>>, histograms: boolean) {
  return Object.fromEntries(
    Object.entries(of).map(([path, { histogram, ...figures }]: [string, T & { histogram?: Histogram }]) => [
      path,
      {
        ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, short(value as number)])),
        ...(histograms && histogram && { histogram: shortHistogram(histogram) }),
      },
    ]),
  );
}

const shortHistogram = ({ min, max, counts }: Histogram) => ({
  ...{ min: short(min) ?? 0, max: short(max) ?? 0, counts },
});

/** As it is stored: four digits, and histograms where they are wanted. */
export function lookOf(
  { activations, weights, layerMs }: Observation,
  {
    step,
    epoch,
    histograms,
  }: { readonly step: number; readonly epoch: number; readonly histograms: boolean },
): Look {
  return {
    ...{ step, epoch },
    activations: shortened(activations, histograms) as Look['activations'],
    weights: shortened(weights, histograms) as Look['weights'],
    ...(layerMs && {
      layerMs: Object.fromEntries(Object.entries(layerMs).map(([path, ms]) => [path, short(ms)])),
    }),
  };
}

const isTable = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line of telemetry.jsonl; undefined where it is none. */
export function parseLook(line: string): Look | undefined {
  try {
    const value = JSON.parse(line) as Partial<Look> | null;
    const whole = Number.isInteger(value?.step) && isTable(value?.activations) && isTable(value?.weights);
    return whole ? (value as Look) : undefined;
  } catch {
    return undefined;
  }
}
