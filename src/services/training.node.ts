/** Training as a job: everything from a drawing and a recipe to a run folder. Runs inside the trainer process. */
import { arch, platform } from 'node:os';
import { AppError, describeError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { Dataset, ImageSet } from '../data/dataset.ts';
import { findDataset } from '../data/index.node.ts';
import { createPipeline, type Pipeline } from '../data/pipeline.ts';
import { split, subset } from '../data/split.ts';
import { readDocument } from '../document/file.ts';
import { chooseEngine } from '../engines/index.node.ts';
import { networkOf } from '../lower/index.ts';
import { layerAt, type Network } from '../network/network.ts';
import { checkRecipe, completeRecipe, estimateMemory, type Recipe } from '../recipe/recipe.ts';
import { createRun, type RunWriter } from '../runs/store.node.ts';
import { evaluate, type LoopControl, type Metric, stepTimes, train } from '../training/loop.ts';
import { initialise } from '../weights/initialise.ts';
import { isKnownType } from './documents.node.ts';

export interface TrainingJob {
  readonly document: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly engine?: string;
  readonly dataDir?: string;
  readonly runsHome: string;
}

export interface TrainingResult {
  readonly run: string;
  readonly engine: string;
  readonly steps: number;
  readonly stepMs: { readonly median: number; readonly p95: number };
  readonly imagesPerSecond: number;
  readonly trainLoss: number;
  /** Null where it was stopped before it was known. */
  readonly testAccuracy: number | null;
  readonly testLoss: number | null;
  readonly peakRssMB: number;
  readonly stopped: boolean;
}

export type TrainingEvent =
  | {
      readonly type: 'started';
      readonly run: string;
      readonly engine: string;
      readonly why: string;
      readonly device: string;
      readonly steps: number;
      readonly memoryBytes: number;
    }
  | { readonly type: 'metric'; readonly metric: Metric }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'evaluating' };

/** What pictures in [0, 1] go through: (x − mean) / std. */
export function normalisation(recipe: Recipe, data: { mean: number; std: number }) {
  return recipe.standardise ? { mean: data.mean, std: data.std } : { mean: 0, std: 1 };
}

/** Resized training pictures are kept where they fit: 3,200 of 96² need 118 MB. */
const PICTURE_CACHE_BYTES = 256 * 2 ** 20;

export function pipelineFor(
  network: Network,
  recipe: Recipe,
  dataset: Dataset,
  set: ImageSet,
  training = false,
): Pipeline {
  const [h, w, c] = layerAt(network, network.input).shape as [number, number, number];
  return createPipeline({
    set,
    batchSize: recipe.batch,
    shape: [h, w, c],
    ...normalisation(recipe, dataset),
    seed: recipe.seed,
    shuffle: training,
    cacheBytes: training ? PICTURE_CACHE_BYTES : 0,
  });
}

/** @throws AppError for everything that a person can mend; the run then says why it failed */
export async function runTraining(
  job: TrainingJob,
  control: Pick<LoopControl, 'next'>,
  emit: (event: TrainingEvent) => void,
): Promise<TrainingResult> {
  const recipe = completeRecipe(job.recipe);
  const document = readDocument(job.document, 'the drawing', isKnownType);
  const network = networkOf(document);
  const source = findDataset(recipe.data);
  const [problem] = checkRecipe(recipe, network, source.classes.length);
  if (problem) throw new AppError('recipe/misfit', problem);
  const { dataDir } = job;
  const { dataset, warnings } = await loadDatasetCached(source, dataDir === undefined ? {} : { dataDir });
  for (const message of warnings) emit({ type: 'warning', message });
  const { engine, availability, why } = await chooseEngine(job.engine);
  const environment = {
    engine: engine.id,
    engineVersion: availability.version,
    device: availability.device,
    why,
    classes: source.classes,
    pictures: { range: [0, 1], resize: 'bilinear', ...normalisation(recipe, dataset) },
    node: process.version,
    os: `${platform()} ${arch()}`,
  };
  const run = await createRun(job.runsHome, {
    state: 'running',
    title: document.title,
    recipe,
    environment,
    document: job.document,
  });
  try {
    const { pictures, held } = trainingPictures(dataset, recipe);
    const pipeline = pipelineFor(network, recipe, dataset, pictures, true);
    const validation = held && pipelineFor(network, recipe, dataset, held);
    const steps = pipeline.stepsPerEpoch * recipe.epochs;
    const memoryBytes = estimateMemory(network, recipe);
    emit({
      type: 'started',
      run: run.folder,
      engine: engine.id,
      why,
      device: availability.device,
      steps,
      memoryBytes,
    });
    if (engine.memoryLimitBytes !== undefined && memoryBytes > engine.memoryLimitBytes)
      emit({
        type: 'warning',
        message: `That is more than the ${(engine.memoryLimitBytes / 1e9).toFixed(1)} GB of engine ${engine.id}: it will probably run out. Use a smaller batch or smaller pictures.`,
      });
    if (engine.rank === 0) emit({ type: 'warning', message: availability.reason });
    const model = await engine.open(network, initialise(network, recipe.seed), recipe);
    let flushed = performance.now();
    const metric = (value: Metric) => {
      run.appendMetric(value);
      // However slow the steps are, a killed run lacks its last second at most.
      if (performance.now() - flushed > 1000) {
        flushed = performance.now();
        run.flush().catch(() => {}); // Kept in the buffer and tried again; the next that must be stored tells.
      }
      emit({ type: 'metric', metric: value });
    };
    // A run of days that is killed has the weights of its last whole epoch.
    const epochEnd = async () => {
      await run.flush();
      await run.saveWeights(await model.weights());
    };
    const result = await train(model, pipeline, recipe, { next: control.next, metric, epochEnd }, validation);
    await run.saveWeights(await model.weights());
    emit({ type: 'evaluating' });
    const test = result.stopped
      ? undefined
      : await evaluate(model, pipelineFor(network, recipe, dataset, dataset.test), control.next);
    model.dispose();
    if (test && !Number.isFinite(test.loss))
      throw new AppError('training/not-finite', `The loss on the test pictures is ${test.loss}.`, {
        hint: 'The weights grew without bound: lower the learning rate, or let it warm up.',
      });
    const stepMs = stepTimes(result.stepMs);
    const stopped = test === undefined;
    const summary: TrainingResult = {
      run: run.folder,
      engine: engine.id,
      steps: result.steps,
      stepMs,
      imagesPerSecond: (Math.min(recipe.batch, pipeline.count) * 1000) / stepMs.median,
      trainLoss: result.trainLoss,
      testAccuracy: test?.accuracy ?? null,
      testLoss: test?.loss ?? null,
      peakRssMB: process.resourceUsage().maxRSS / 1024,
      stopped,
    };
    await run.setState({
      state: stopped ? 'stopped' : 'finished',
      reason: stopped ? 'Stopped by hand.' : '',
      summary: { ...summary },
    });
    await run.close();
    return summary;
  } catch (error) {
    // What is known is stored before the error goes on; a second failure must not hide the first.
    await storeFailure(run, error).catch(() => {});
    throw error;
  }
}

async function storeFailure(run: RunWriter, error: unknown): Promise<void> {
  await run.setState({ state: 'failed', reason: describeError(error) });
  await run.close();
}

/** The recipe's share of the training pictures: limited first, then those held out taken away. */
function trainingPictures(dataset: Dataset, recipe: Recipe): { pictures: ImageSet; held?: ImageSet } {
  const { limit, seed, validation } = recipe;
  const chosen = limit > 0 ? subset(dataset.train, limit, seed) : dataset.train;
  if (validation === 0) return { pictures: chosen };
  const { train: pictures, held } = split(chosen, validation, seed);
  return { pictures, held };
}
