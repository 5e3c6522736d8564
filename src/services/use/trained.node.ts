/** What is known of a trained network without its weights, and its weights as they were stored last. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { type DatasetSource, type Fit, fits } from '../../data/dataset.ts';
import { findDataset } from '../../data/index.node.ts';
import { readDocument } from '../../document/file.ts';
import { networkOf } from '../../lower/index.ts';
import { layerAt, type Network } from '../../network/network.ts';
import { completeRecipe, type Recipe } from '../../recipe/recipe.ts';
import type { RunReader, RunRecord } from '../../runs/store.node.ts';
import { readSafetensors } from '../../weights/safetensors.node.ts';
import type { Weights } from '../../weights/tensors.ts';
import { weightsThatAnswer } from '../checkpoints.node.ts';
import { isKnownType } from '../documents.node.ts';
import { normalisation } from '../pictures.ts';

type Spread = number | readonly number[];

export interface Trained {
  readonly title: string;
  readonly network: Network;
  readonly recipe: Recipe;
  /** [h, w, c] */
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  /** What pictures in [0, 1] went through. */
  readonly mean: Spread;
  readonly std: Spread;
  /** How pictures of another form were brought to that of the input; absent: they were stretched. */
  readonly fit?: Fit;
  /** Undefined where the data set is not known here any more. */
  readonly source: DatasetSource | undefined;
}

const isSpread = (value: unknown): value is Spread =>
  typeof value === 'number' || (Array.isArray(value) && value.every((v) => typeof v === 'number'));
const areNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

function sourceOf(recipe: Recipe): DatasetSource | undefined {
  try {
    return findDataset(recipe.data);
  } catch {
    // What is needed of it stands in the run too.
    return undefined;
  }
}

/**
 * As the run itself says; the data set that it was trained on need not be here.
 * @throws AppError for a run whose drawing or recipe cannot be read
 */
export async function readTrained(run: RunReader): Promise<Trained> {
  const { recipe: given, environment } = run.record;
  const recipe = completeRecipe(given);
  const document = readDocument(await run.document(), run.folder, isKnownType);
  const network = networkOf(document);
  const source = sourceOf(recipe);
  const told = (environment.pictures ?? {}) as {
    readonly mean?: unknown;
    readonly std?: unknown;
    readonly fit?: unknown;
  };
  const fit = fits.find((each) => each === told.fit);
  const known = source ? normalisation(recipe, source) : { mean: 0, std: 1 };
  const output = layerAt(network, network.output).shape.at(-1) as number;
  const { classes = source?.classes } = environment;
  return {
    ...{ title: document.title, network, recipe, source },
    ...(fit && { fit }),
    shape: layerAt(network, network.input).shape as unknown as [number, number, number],
    classes: areNames(classes) ? classes : Array.from({ length: output }, (_, i) => `${i}`),
    mean: isSpread(told.mean) ? told.mean : known.mean,
    std: isSpread(told.std) ? told.std : known.std,
  };
}

export interface StoredWeights {
  readonly weights: Weights;
  /** Steps trained when they were stored; null: not told. */
  readonly step: number | null;
}

/** Tells one version of the stored weights from the next. */
export interface WeightsStamp {
  readonly file: string;
  /** Name of a checkpoint; undefined: the run's weights. */
  readonly checkpoint?: string;
  /** ISO 8601. */
  readonly storedAt: string;
  readonly version: string;
}

async function stampIn(file: string, checkpoint?: string): Promise<WeightsStamp | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return undefined;
  const { mtime, size, ino } = found;
  return {
    ...{
      file,
      storedAt: mtime.toISOString(),
      version: `${checkpoint ?? ''} ${mtime.getTime()} ${size} ${ino}`,
    },
    ...(checkpoint !== undefined && { checkpoint }),
  };
}

const isOver = ({ state }: RunRecord) => state === 'finished' || state === 'stopped';

/**
 * Of a run that is over its weights, which may be those of its best step; of any other what was stored last.
 * @throws AppError('runs/no-weights')
 */
export async function stampOf({ folder, record }: RunReader): Promise<WeightsStamp> {
  const weights = await stampIn(join(folder, 'weights.safetensors'));
  const last = await stampIn(join(folder, 'checkpoints', 'last.safetensors'), 'last');
  const stamp = isOver(record) ? (weights ?? last) : (last ?? weights);
  if (stamp) return stamp;
  throw new AppError('runs/no-weights', `Run ${record.id} has no weights yet.`, {
    hint: 'While it is trained they are stored after each epoch, or as often as its recipe says.',
  });
}

/** @throws AppError('weights/damaged' | 'file/read' | 'runs/damaged-checkpoint') */
export async function readStored(run: RunReader, { file, checkpoint }: WeightsStamp): Promise<StoredWeights> {
  if (checkpoint !== undefined) {
    const { meta, state } = await run.checkpoint(checkpoint);
    return { weights: weightsThatAnswer(state), step: meta.step };
  }
  const { weights, metadata } = await readSafetensors(file);
  const told = Number(metadata.step);
  if (metadata.step !== undefined && Number.isInteger(told)) return { weights, step: told };
  const { steps, weightsOfStep = steps } = run.record.summary;
  return { weights, step: typeof weightsOfStep === 'number' ? weightsOfStep : null };
}
