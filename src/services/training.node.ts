/** Training as a job: everything from a drawing and a recipe to a run folder. Runs inside the trainer process. */
import { describeError } from '../base/errors.ts';
import { type BatchWorkers, withBatchWorkers } from '../data/batch-workers.node.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Engine } from '../engines/engine.ts';
import { chooseEngine } from '../engines/index.node.ts';
import { adviceOn } from '../recipe/check.ts';
import { estimateMemory } from '../recipe/memory.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type Checkpoint, RunReader, type RunWriter } from '../runs/store.node.ts';
import { whyEnded } from '../training/best.ts';
import { type LoopControl, type Position, stepTimes, train } from '../training/loop.ts';
import type { Metric } from '../training/metric.ts';
import { Sampling } from '../training/sampling.ts';
import { type Begun, begin } from './begin.node.ts';
import { Checkpoints, weightsThatAnswer } from './checkpoints.node.ts';
import type { TrainingControl, TrainingEvent, TrainingJob, TrainingResult } from './jobs.ts';
import { inWords } from './memory-words.ts';
import { feedingOf, lossOf, trainingPictures } from './pictures.ts';
import { Judge, Samples } from './reports.node.ts';
import { openTask, type Task } from './task.node.ts';
import { Turns } from './turns.node.ts';

type Emit = (event: TrainingEvent) => void;

/** @throws AppError for everything that a person can mend; the run then says why it failed */
export async function runTraining(
  job: TrainingJob,
  control: TrainingControl,
  emit: Emit,
): Promise<TrainingResult> {
  const task = openTask(job);
  const { recipe, title, source } = task;
  const { dataDir } = job;
  const { dataset, warnings } = await loadDatasetCached(source, dataDir === undefined ? {} : { dataDir });
  const need = (id: string) => estimateMemory(task.network, recipe, id);
  const chosen = await chooseEngine(job.engine, undefined, need);
  const { engine, availability } = chosen;
  const why = job.resume?.sameEngine ? 'as it was trained before' : chosen.why;
  const begun = await begin(job, { task, dataset, chosen });
  const { run, position } = begun;
  try {
    const memoryBytes = need(engine.id);
    const stepsPerEpoch = Math.ceil(trainingPictures(dataset, recipe).pictures.count / recipe.batch);
    emit({
      type: 'started',
      ...{ run: run.folder, title, engine: engine.id, why, device: availability.device, memoryBytes },
      ...{ steps: stepsPerEpoch * recipe.epochs, stepsPerEpoch, testCount: dataset.test.count },
      ...{ done: position.steps, metricLines: begun.metricLines },
    });
    const advice = adviceOn(recipe, dataset.classes).map(({ message }) => message);
    const told = [...warnings, ...advice, ...begun.warnings];
    for (const message of [...told, ...engineWarnings(engine, availability.reason, memoryBytes)])
      emit({ type: 'warning', message });
    const summary = await withBatchWorkers((workers) =>
      trainInto(begun, engine, task, { dataset, workers }, control, emit),
    );
    await run.setState({
      state: summary.stopped ? 'stopped' : 'finished',
      reason: summary.reason,
      summary: { ...summary },
    });
    await run.close();
    return summary;
  } catch (thrown) {
    const error = inWords(thrown);
    // What is known is stored before the error goes on; a second failure must not hide the first.
    await storeFailure(run, error).catch(() => {});
    throw error;
  }
}

function engineWarnings(engine: Engine, reason: string, memoryBytes: number): string[] {
  const limit = engine.memoryLimitBytes;
  const tooMuch =
    limit !== undefined && memoryBytes > limit
      ? `It takes about ${(memoryBytes / 1e9).toFixed(1)} GB, more than the ${(limit / 1e9).toFixed(1)} GB of engine ${engine.id}: it will probably run out. Use a smaller batch or smaller pictures.`
      : undefined;
  return [tooMuch, engine.rank === 0 ? reason : undefined].filter((told) => told !== undefined);
}

async function trainInto(
  { run, weights, from, position, reports, looks }: Begun,
  engine: Engine,
  { recipe, network }: Task,
  { dataset, workers }: { readonly dataset: Dataset; readonly workers: BatchWorkers },
  control: TrainingControl,
  emit: Emit,
): Promise<TrainingResult> {
  const { pictures, held } = trainingPictures(dataset, recipe);
  const feed = workers.open(feedingOf(network, recipe, dataset, pictures, true));
  const turns = new Turns(control, run, emit);
  const model = await engine.open(network, weights, {
    ...recipe,
    ...lossOf(recipe, pictures, dataset),
    ...(from && { from }),
  });
  /** Who answers: the network that is trained, and at its end the best that it was. */
  let answering = model;
  try {
    const reported = {
      ...{ run, network, recipe, dataset, workers, turns, emit },
      model: { predict: (images: Float32Array, count: number) => answering.predict(images, count) },
    };
    const samples = new Samples(reported, looks.samples);
    const judge = new Judge(reported, reports, looks.answers);
    const checkpoints = new Checkpoints({ run, model, recipe }, position);
    await samples.ask(position.steps);
    turns.enter('training');
    let flushed = performance.now();
    const metric = (told: Metric) => {
      const isDue = performance.now() - flushed > 1000;
      const value = isDue && told.kind === 'step' ? { ...told, rssBytes: process.memoryUsage.rss() } : told;
      run.appendMetric(value);
      // However slow the steps are, a killed run lacks its last second at most.
      if (isDue) {
        flushed = performance.now();
        run.flush().catch(() => {}); // Kept in the buffer and tried again; the next that must be stored tells.
      }
      emit({ type: 'metric', metric: value });
    };
    const course: LoopControl = {
      next: turns.next,
      metric,
      telemetry: {
        sampling: new Sampling(recipe.observeEvery, position.steps),
        look(look) {
          run.appendTelemetry(look);
          emit({ type: 'telemetry', look });
        },
      },
      ...(held && {
        validate: (steps, epoch) => judge.judge('validation', held, steps, epoch),
      }),
      between: async (now, epoch, epochEnded, verdict) => {
        await checkpoints.after(now, epoch, epochEnded, verdict);
        await samples.ifDue(now.steps);
      },
    };
    const result = await train(model, feed, recipe, course, position);
    const { steps, trainLoss } = result.position;
    await checkpoints.end(result.position, result.epochs);
    await judge.save();
    const best = await bestOf(run, recipe, result.position, emit);
    if (best) {
      model.dispose();
      const { weights: kept, ...rest } = best.state;
      answering = await engine.open(network, kept, { ...recipe, from: rest });
      await run.saveWeights(weightsThatAnswer(best.state), best.meta.step);
    }
    await samples.ask(steps, best !== undefined);
    const test = result.stopped
      ? undefined
      : await judge.judge('test', dataset.test, steps, recipe.epochs - 1);
    const stepMs = result.stepMs.length === 0 ? null : stepTimes(result.stepMs);
    return {
      run: run.folder,
      engine: engine.id,
      steps,
      stepMs,
      imagesPerSecond: stepMs && (Math.min(recipe.batch, feed.count) * 1000) / stepMs.median,
      trainLoss: trainLoss ?? Number.NaN,
      testAccuracy: test?.accuracy ?? null,
      testLoss: test?.loss ?? null,
      weightsOfStep: best?.meta.step ?? steps,
      peakRssMB: process.resourceUsage().maxRSS / 1024,
      stopped: test === undefined,
      reason:
        test === undefined ? 'Stopped by hand.' : result.endedEarly ? whyEnded(result.position.best) : '',
    };
  } finally {
    // An experiment goes on in this process, after a network that diverged too.
    answering.dispose();
  }
}

/** The best that was kept, where the recipe keeps any and it is not the last. */
async function bestOf(
  run: RunWriter,
  { keepBest }: Recipe,
  { best, steps }: Position,
  emit: Emit,
): Promise<Checkpoint | undefined> {
  const [first] = best.kept;
  if (keepBest === 0 || !first || first.steps === steps) return undefined;
  try {
    return await new RunReader(run.folder).checkpoint(`best-${first.steps}`);
  } catch (error) {
    emit({ type: 'warning', message: `${describeError(error)} The last weights are kept instead.` });
    return undefined;
  }
}

async function storeFailure(run: RunWriter, error: unknown): Promise<void> {
  await run.setState({ state: 'failed', reason: describeError(error) });
  await run.close();
}
