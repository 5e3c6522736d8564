/** A run judged on any data set whose pictures and classes fit. Runs inside a process of its own. */
import { AppError } from '../../base/errors.ts';
import { withBatchWorkers } from '../../data/batch-workers.node.ts';
import { loadDatasetCached } from '../../data/cache.node.ts';
import type { Dataset, PictureSet } from '../../data/dataset.ts';
import { findDataset } from '../../data/index.node.ts';
import { sharedLabels } from '../../data/shared.ts';
import { pick, subset } from '../../data/split.ts';
import { chooseEngine } from '../../engines/index.node.ts';
import { estimateMemory } from '../../recipe/memory.ts';
import { addEvaluation } from '../../runs/evaluations.node.ts';
import { RunReader } from '../../runs/store.node.ts';
import { evaluate } from '../../training/evaluate.ts';
import type { DataEvaluation } from '../contract.ts';
import type { EvaluateJob, EvaluateProgress, TrainingControl } from '../jobs.ts';
import { feedingOf } from '../pictures.ts';
import { type ClassMapping, mapClasses } from './classes.ts';
import { readStored, readTrained, stampOf, type Trained } from './trained.node.ts';

function partOf(dataset: Dataset, split: EvaluateJob['split']): PictureSet {
  const set = dataset[split];
  if (!set)
    throw new AppError('evaluate/split', `${dataset.title} has no pictures set apart for validation.`, {
      hint: "Choose 'test' or 'train'.",
    });
  return set;
}

function mappingOf({ classes }: Trained, dataset: Dataset): ClassMapping {
  const mapping = mapClasses(classes, dataset.classes);
  if (mapping) return mapping;
  throw new AppError(
    'evaluate/classes',
    `The network knows ${classes.length} classes, ${dataset.title} has ${dataset.classes.length}, and no name is the same.`,
    { hint: 'Choose a data set with as many classes, or with classes of the same names.' },
  );
}

/** Labels as the network numbers its classes; pictures of classes that it does not know are left out. */
function relabel(set: PictureSet, { to }: ClassMapping): PictureSet {
  const known = Uint32Array.from(set.labels.keys()).filter((i) => {
    const place = to[set.labels[i] as number];
    return place !== null && place !== undefined;
  });
  const kept = known.length === set.count ? set : pick(set, known);
  const wide = to.some((place) => (place ?? 0) > 255);
  const labels = sharedLabels(wide ? new Uint16Array() : new Uint8Array(), kept.count);
  for (let i = 0; i < kept.count; i++) labels[i] = to[kept.labels[i] as number] as number;
  return { ...kept, labels };
}

const isSameAs = (entry: DataEvaluation) => (other: unknown) => {
  const { data, split, step, limit } = other as Partial<DataEvaluation>;
  return data === entry.data && split === entry.split && step === entry.step && limit === entry.limit;
};

/** Null where it was stopped. @throws AppError for what does not fit, in words */
export async function runEvaluate(
  job: EvaluateJob,
  control: Pick<TrainingControl, 'wanted'>,
  emit: (event: EvaluateProgress) => void,
): Promise<DataEvaluation | null> {
  const run = new RunReader(job.run);
  const trained = await readTrained(run);
  const source = findDataset(job.data);
  const { dataset } = await loadDatasetCached(
    source,
    job.dataDir === undefined ? {} : { dataDir: job.dataDir },
  );
  const mapping = mappingOf(trained, dataset);
  const { network, recipe, classes, mean, std } = trained;
  const whole = partOf(dataset, job.split);
  const fitting = relabel(whole, mapping);
  const limit = job.limit ?? 0;
  const set = limit > 0 ? subset(fitting, limit, recipe.seed) : fitting;
  const { weights, step } = await readStored(run, await stampOf(run));
  const { engine } = await chooseEngine(job.engine, undefined, (id) => estimateMemory(network, recipe, id));
  const model = await engine.open(network, weights, recipe);
  // What the network learned with, whatever the mean of these pictures is.
  const feeding = {
    ...feedingOf(network, recipe, dataset, set),
    ...{ mean: [mean].flat(), std: [std].flat() },
  };
  let batches = 0;
  const next = async () => {
    if ((await control.wanted()) === 'stop') return 'stop' as const;
    emit({ done: Math.min(set.count, batches++ * feeding.batchSize), total: set.count });
    return 'go' as const;
  };
  try {
    const found = await withBatchWorkers((workers) => evaluate(model, workers.open(feeding), next));
    if (!found) return null;
    const entry: DataEvaluation = {
      ...{ data: dataset.id, title: dataset.title, split: job.split, limit, step },
      at: new Date().toISOString(),
      ...{ engine: engine.id, by: mapping.by, classes, ...found },
      leftOut: whole.count - fitting.count,
      dataClasses: dataset.classes.map((name, i) => ({ name, to: mapping.to[i] ?? null })),
    };
    await addEvaluation(job.run, entry, isSameAs(entry));
    return entry;
  } finally {
    model.dispose();
  }
}
