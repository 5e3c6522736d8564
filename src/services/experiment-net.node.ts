/** One network of an experiment: trained, judged with a block put in, or tried at growing learning rates. */
import { basename, join } from 'node:path';
import { AppError, describeError, invariant } from '../base/errors.ts';
import { withBatchWorkers } from '../data/batch-workers.node.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import { findDataset } from '../data/index.node.ts';
import { chooseEngine } from '../engines/index.node.ts';
import type { Planned } from '../experiments/expand.ts';
import type { ExperimentVariant } from '../experiments/experiment.ts';
import { breaksOut, rateAt, readRange } from '../experiments/range.ts';
import { Curve, type ExperimentResult } from '../experiments/results.ts';
import { RunReader } from '../runs/store.node.ts';
import { type Evaluation, evaluate } from '../training/evaluate.ts';
import { initialise } from '../weights/initialise.ts';
import type { Weights } from '../weights/tensors.ts';
import type { ExperimentEvent, ExperimentJob, TrainingControl } from './jobs.ts';
import { feedingOf, lossOf, trainingPictures } from './pictures.ts';
import { openStoredRun } from './stored-run.node.ts';
import { runTraining } from './training.node.ts';

type How<K extends ExperimentVariant['how']['kind']> = Extract<ExperimentVariant['how'], { kind: K }>;

export interface NetContext {
  readonly job: ExperimentJob;
  readonly control: TrainingControl;
  readonly emit: (event: ExperimentEvent) => void;
  /** Of networks that are done. */
  resultOf(variant: string, seed: number): ExperimentResult | undefined;
  /** What the trained network of the last base answers to the test pictures: the next variant asks the same. */
  readonly answers: { run: string; logits: Float32Array };
}

const emptyResult = ({ variant, seed }: Planned, engine: string): ExperimentResult => ({
  ...{ variant: variant.id, seed, run: null, engine, failed: '', steps: 0, seconds: 0, work: 0 },
  ...{ finalTrainLoss: null, testLoss: null, testAccuracy: null, figures: {}, curve: [] },
});

/** What keeps the others from nothing: a network that cannot be trained is a result. */
const isResult = (error: unknown) => error instanceof AppError && error.code === 'training/not-finite';

/** Undefined where it was stopped. @throws AppError for what ends the whole experiment: a full disk, no data */
export function runNet(planned: Planned, context: NetContext): Promise<ExperimentResult | undefined> {
  const { how } = planned.variant;
  if (how.kind === 'range') return tryRates(planned, how, context);
  return how.kind === 'insert' ? judgeInserted(planned, how, context) : trainNet(planned, context);
}

async function trainNet(planned: Planned, context: NetContext): Promise<ExperimentResult | undefined> {
  const { job, control, emit } = context;
  const { engine, dataDir, runsHome } = job;
  const { document, recipe, variant, seed } = planned;
  let curve = new Curve(0);
  let result = emptyResult(planned, engine ?? '');
  let steps = 0;
  try {
    const end = await runTraining(
      {
        ...{ document, recipe, runsHome },
        ...(engine !== undefined && { engine }),
        ...(dataDir !== undefined && { dataDir }),
      },
      control,
      (event) => {
        if (event.type === 'started') {
          steps = event.steps;
          curve = new Curve(steps);
          result = { ...result, run: basename(event.run), engine: event.engine };
          const { run } = result;
          emit({
            type: 'net',
            variant: variant.id,
            seed,
            run,
            steps,
            engine: event.engine,
            device: event.device,
          });
        } else if (event.type === 'phase' || event.type === 'warning') emit(event);
        else if (event.type === 'metric' && event.metric.kind === 'step') {
          const { step, loss, durationMs } = event.metric;
          curve.add(step + 1, loss);
          result = { ...result, steps: step + 1, seconds: result.seconds + durationMs / 1000 };
          emit({ type: 'step', step: step + 1, steps, x: step + 1, loss });
        } else if (event.type === 'metric' && event.metric.kind === 'epoch')
          result = { ...result, finalTrainLoss: event.metric.loss };
      },
    );
    if (end.stopped) return undefined;
    const { testAccuracy, testLoss } = end;
    return { ...result, testAccuracy, testLoss, curve: [...curve.points].map(([x, y]) => [x, y]) };
  } catch (error) {
    if (!isResult(error)) throw error;
    const failed = describeError(error);
    return { ...result, finalTrainLoss: null, failed, curve: curve.points.map(([x, y]) => [x, y]) };
  }
}

/** Loss and accuracy on the test pictures, and every answer. */
async function answersOf(
  model: Parameters<typeof evaluate>[0],
  planned: Pick<Planned, 'network' | 'recipe'>,
  context: NetContext,
): Promise<{ judged: Evaluation | undefined; logits: Float32Array }> {
  const { dataDir } = context.job;
  const { network, recipe } = planned;
  const { dataset } = await loadDatasetCached(
    findDataset(recipe.data),
    dataDir === undefined ? {} : { dataDir },
  );
  const all: number[] = [];
  const listening = {
    async predict(images: Float32Array, count: number) {
      const logits = await model.predict(images, count);
      for (const logit of logits) all.push(logit);
      return logits;
    },
  };
  const judged = await withBatchWorkers((workers) =>
    evaluate(listening, workers.open(feedingOf(network, recipe, dataset, dataset.test)), () => next(context)),
  );
  return { judged, logits: Float32Array.from(all) };
}

async function next({ control, emit }: NetContext): Promise<'go' | 'stop'> {
  let wanted = await control.wanted();
  if (wanted === 'pause') {
    emit({ type: 'phase', phase: 'paused' });
    while (wanted === 'pause') {
      await control.resumed();
      wanted = await control.wanted();
    }
    if (wanted === 'go') emit({ type: 'phase', phase: 'training' });
  }
  return wanted;
}

/** Weights of the trained network where it has them, fresh ones elsewhere; those of `zero` are 0. */
export function graft(fresh: Weights, trained: Weights, zero: readonly string[]): Weights {
  const missing = zero.find((path) => !fresh.has(path));
  if (missing !== undefined)
    throw new AppError('experiment/zero', `No weight is called '${missing}': it cannot be set to 0.`);
  return new Map(
    [...fresh].map(([path, tensor]) => {
      if (zero.includes(path)) return [path, { ...tensor, data: new Float32Array(tensor.data.length) }];
      const known = trained.get(path);
      return [path, known?.shape.join() === tensor.shape.join() ? known : tensor];
    }),
  );
}

/** The largest between two answers of the same place; NaN where one is none. */
const differenceOf = (one: Float32Array, other: Float32Array): number =>
  other.reduce((largest, logit, i) => Math.max(largest, Math.abs(logit - (one[i] ?? Number.NaN))), 0);

async function judgeInserted(
  planned: Planned,
  { base, zero }: How<'insert'>,
  context: NetContext,
): Promise<ExperimentResult | undefined> {
  const { job, emit, resultOf } = context;
  const { network, recipe, variant, seed } = planned;
  const before = resultOf(base, seed);
  if (!before?.run || before.failed !== '')
    return { ...emptyResult(planned, ''), failed: `'${base}' of this seed could not be trained.` };
  const { answers } = context;
  const trained = await openStoredRun(new RunReader(join(job.runsHome, before.run)), job.engine);
  const { engine, availability } = await chooseEngine(job.engine);
  emit({
    ...{ type: 'net', variant: variant.id, seed, run: before.run, steps: 0 },
    ...{ engine: engine.id, device: availability.device },
  });
  const model = await engine.open(network, graft(initialise(network, seed), trained.weights, zero), recipe);
  try {
    if (answers.run !== before.run) {
      const whole = await answersOf(trained.model, trained, context);
      if (!whole.judged) return undefined;
      [answers.run, answers.logits] = [before.run, whole.logits];
    }
    const changed = await answersOf(model, planned, context);
    if (!changed.judged) return undefined;
    const largestDifference = differenceOf(answers.logits, changed.logits);
    const { loss, accuracy } = changed.judged;
    const result = { ...emptyResult(planned, engine.id), run: before.run };
    // What is no number could not be read back from the results.
    if (!Number.isFinite(largestDifference) || !Number.isFinite(loss))
      return { ...result, failed: 'With what was put in, its answers are no numbers.' };
    return { ...result, testLoss: loss, testAccuracy: accuracy, figures: { largestDifference } };
  } finally {
    model.dispose();
    trained.model.dispose();
  }
}

async function tryRates(
  planned: Planned,
  range: How<'range'>,
  context: NetContext,
): Promise<ExperimentResult | undefined> {
  const { job, emit } = context;
  const { network, recipe, variant, seed } = planned;
  const { dataset } = await loadDatasetCached(
    findDataset(recipe.data),
    job.dataDir === undefined ? {} : { dataDir: job.dataDir },
  );
  const { engine, availability } = await chooseEngine(job.engine);
  const { device } = availability;
  const { steps } = range;
  emit({ type: 'net', variant: variant.id, seed, run: null, steps, engine: engine.id, device });
  emit({ type: 'phase', phase: 'training' });
  const { pictures } = trainingPictures(dataset, recipe);
  const curve: [number, number][] = [];
  let seconds = 0;
  const stopped = await withBatchWorkers(async (workers) => {
    const feed = workers.open(feedingOf(network, recipe, dataset, pictures, true));
    const options = { ...recipe, ...lossOf(recipe, pictures, dataset) };
    const model = await engine.open(network, initialise(network, seed), options);
    try {
      for await (const { batch } of feed.batches({ epochs: Math.ceil(steps / feed.stepsPerEpoch) })) {
        if (curve.length === steps) break;
        if ((await next(context)) === 'stop') return true;
        const began = performance.now();
        const rate = rateAt(range, curve.length);
        const { loss } = await model.step(batch, curve.length, rate);
        seconds += (performance.now() - began) / 1000;
        if (breaksOut([...curve.map(([, told]) => told), loss])) break;
        curve.push([rate, loss]);
        emit({ type: 'step', step: curve.length, steps, x: rate, loss });
      }
      return false;
    } finally {
      model.dispose();
    }
  });
  if (stopped) return undefined;
  const reading = readRange(curve);
  invariant(reading || curve.length < 10, 'ten points can be read');
  return {
    ...emptyResult(planned, engine.id),
    ...{ steps: curve.length, seconds, curve, figures: { ...reading } },
    ...(!reading && { failed: 'The loss broke out at once: begin with a smaller rate.' }),
  };
}
