/** An experiment as a job: its networks one after another in this process, each stored before the next begins. */
import { AppError, describeError } from '../base/errors.ts';
import type { DatasetSource } from '../data/dataset.ts';
import { findDataset } from '../data/index.node.ts';
import { workOf } from '../experiments/estimate.ts';
import { expand, keyOf, type Planned } from '../experiments/expand.ts';
import { readExperiment } from '../experiments/experiment.ts';
import {
  createExperiment,
  type ExperimentWriter,
  experimentFolder,
  resumeExperiment,
} from '../experiments/store.node.ts';
import { checkRecipe } from '../recipe/check.ts';
import { runNet } from './experiment-net.node.ts';
import type { ExperimentEvent, ExperimentJob, ExperimentOutcome, TrainingControl } from './jobs.ts';

const open = ({ source, runsHome }: ExperimentJob): Promise<ExperimentWriter> =>
  'id' in source
    ? resumeExperiment(experimentFolder(runsHome, source.id))
    : createExperiment(runsHome, readExperiment(source.experiment, 'the experiment'));

/** @throws AppError('data/unknown' | 'recipe/misfit') */
function fittingData({ recipe, network, variant }: Planned): DatasetSource {
  const source = findDataset(recipe.data);
  const [problem] = checkRecipe(recipe, network, { ...source, classes: source.classes.length });
  if (problem) throw new AppError('recipe/misfit', `Variant '${variant.id}': ${problem.message}`);
  return source;
}

/** @throws AppError for what keeps it from going on; the experiment then says why, and what was done is kept */
export async function runExperiment(
  job: ExperimentJob,
  control: TrainingControl,
  emit: (event: ExperimentEvent) => void,
): Promise<ExperimentOutcome> {
  const stored = await open(job);
  const { id } = stored.record;
  try {
    const planned = expand(stored.document);
    // Before anybody is told that it began: pictures may be gone, or not fit the last of its networks.
    const works = new Map(planned.map((net) => [net, workOf(net, fittingData(net).trainCount)]));
    const results = () => stored.record.results;
    const done = new Set(results().map(keyOf));
    emit({ type: 'started', id, folder: stored.folder, total: planned.length, done: done.size });
    let stopped = false;
    const answers = { run: '', logits: new Float32Array() };
    for (const net of planned) {
      if (done.has(keyOf({ variant: net.variant.id, seed: net.seed }))) continue;
      const resultOf = (variant: string, seed: number) =>
        results().find((result) => result.variant === variant && result.seed === seed);
      const result =
        (await control.wanted()) === 'stop'
          ? undefined
          : await runNet(net, { job, control, emit, resultOf, answers });
      if (!result) {
        stopped = true;
        break;
      }
      const told = { ...result, work: works.get(net) ?? 0 };
      await stored.add(told);
      emit({ type: 'result', result: told });
    }
    await stored.setState(stopped ? 'stopped' : 'finished', stopped ? 'Stopped by hand.' : '');
    return { id, folder: stored.folder, results: results(), stopped };
  } catch (error) {
    // What failed first is what the person must hear.
    await stored.setState('failed', describeError(error)).catch(() => {});
    throw error;
  }
}
