/** Commands on training: train, evaluate, predict. */

import { AppError, invariant } from '../../base/errors.ts';
import { withBatchWorkers } from '../../data/batch-workers.node.ts';
import { hasBrightBorder } from '../../data/border.ts';
import { loadDatasetCached } from '../../data/cache.node.ts';
import { findDataset } from '../../data/index.node.ts';
import { readPicture } from '../../data/picture.node.ts';
import { createPipeline } from '../../data/pipeline.ts';
import { subset } from '../../data/split.ts';
import { applyEdit, setParams } from '../../document/edits.ts';
import { writeDocument } from '../../document/file.ts';
import type { StemmaDocument } from '../../document/model.ts';
import { layerAt } from '../../network/network.ts';
import { completeRecipe, type Recipe } from '../../recipe/recipe.ts';
import { findRun } from '../../runs/store.node.ts';
import { loadDrawing } from '../../services/documents.node.ts';
import type { TrainingJob } from '../../services/jobs.ts';
import { nodeFork } from '../../services/node-fork.node.ts';
import { feedingOf, normalisation } from '../../services/pictures.ts';
import { resumeJob } from '../../services/resume.node.ts';
import { startTrainer } from '../../services/trainer-process.node.ts';
import { templates } from '../../templates/index.ts';
import { evaluate } from '../../training/evaluate.ts';
import { softmaxRows } from '../../training/samples.ts';
import { numberOption, type Options, stringOption, templateOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { homeOf, openRun } from './open-run.node.ts';
import { drawingOf } from './paths.node.ts';
import { progressPrinter } from './progress.ts';
import { recipeFrom } from './recipe-options.ts';

/** A template's size and classes follow the data; a file's input follows --size, else the recipe follows the file. */
async function openTask(
  name: string,
  options: Options,
): Promise<{ recipe: Recipe; drawing: StemmaDocument }> {
  if (templates.some((t) => t.id === name)) {
    const recipe = recipeFrom(options, {});
    const source = findDataset(recipe.data);
    const drawing = await loadDrawing(name, {
      ...templateOptions(options),
      input: options.input ? templateOptions(options).input : [recipe.size, recipe.size, source.shape[2]],
      classes: numberOption(options, 'classes') ?? source.classes.length,
    });
    return { recipe, drawing };
  }
  const drawing = await drawingOf(name, options);
  const input = drawing.nodes.find((n) => n.type === 'input');
  const [h, , c] = Array.isArray(input?.params.shape) ? (input.params.shape as number[]) : [];
  const size = numberOption(options, 'size');
  const given = recipeFrom(options, drawing.recipe);
  if (size === undefined || !input || c === undefined)
    return { recipe: { ...given, size: h ?? given.size }, drawing };
  const recipe = { ...given, size };
  const resized = setParams(drawing, input.id, { shape: [recipe.size, recipe.size, c] });
  return { recipe, drawing: applyEdit(drawing, resized).document };
}

/** A new run of a drawing, or one that goes on, as the options say. */
async function trainingJob(name: string | undefined, options: Options): Promise<TrainingJob> {
  const engine = stringOption(options, 'engine');
  const dataDir = stringOption(options, 'data-dir');
  const common = { ...(engine !== undefined && { engine }), ...(dataDir !== undefined && { dataDir }) };
  const runsHome = homeOf(options);
  const resumed = stringOption(options, 'resume');
  if (resumed !== undefined) {
    refuseBeside(name, options);
    const epochs = numberOption(options, 'epochs');
    return resumeJob(findRun(runsHome, resumed), runsHome, {
      ...common,
      ...(epochs !== undefined && { epochs }),
    });
  }
  if (name === undefined)
    throw new AppError('cli/words', "Expected 'stemma train FILE|TEMPLATE' or 'stemma train --resume RUN'.");
  const named = stringOption(options, 'data');
  if (named !== undefined) findDataset(named);
  const { recipe, drawing } = await openTask(name, options);
  const document = { ...drawing, title: stringOption(options, 'title') ?? drawing.title };
  return { document: writeDocument(document), recipe, runsHome, ...common };
}

/** A run that goes on has its drawing and its recipe. */
function refuseBeside(name: string | undefined, options: Options): void {
  const allowed = ['resume', 'epochs', 'engine', 'data-dir', 'runs', 'out', 'json'];
  const other = Object.keys(options).find((key) => !allowed.includes(key));
  if (name === undefined && other === undefined) return;
  throw new AppError(
    'cli/option',
    `A run that goes on keeps its drawing and its recipe: ${name ?? `--${other}`} cannot be given with --resume.`,
    { hint: 'Only --epochs may be raised; everything else is a new run.' },
  );
}

const train: Command = async ([name], options) => {
  const job = await trainingJob(name, options);
  const { batch } = completeRecipe(job.recipe);
  const trainer = startTrainer(job, progressPrinter(batch), nodeFork());
  let asked = false;
  const onInterrupt = () => {
    if (asked) trainer.kill();
    else process.stderr.write('\nStopping after this step; once more ends at once.\n');
    asked = true;
    trainer.stop();
  };
  process.on('SIGINT', onInterrupt);
  try {
    const { stopped, ...result } = await trainer.result;
    if (result.steps === 0)
      return { text: `Stopped before the first step.\nRun: ${result.run}`, json: result };
    return {
      text: `${stopped ? 'Stopped' : 'Trained'}: loss ${result.trainLoss.toFixed(4)}, ${result.testAccuracy === null ? 'not tested' : `test accuracy ${(100 * result.testAccuracy).toFixed(2)} %`}, ${result.imagesPerSecond === null ? 'no step was left to do' : `${result.imagesPerSecond.toFixed(0)} images/s`}.\nRun: ${result.run}`,
      json: result,
    };
  } finally {
    process.off('SIGINT', onInterrupt);
  }
};

const evaluateRun: Command = async ([name = ''], options) => {
  const { run, recipe, network, model } = await openRun(name, options);
  const dataDir = stringOption(options, 'data-dir');
  const { dataset } = await loadDatasetCached(
    findDataset(recipe.data),
    dataDir === undefined ? {} : { dataDir },
  );
  const limit = numberOption(options, 'limit');
  const set = limit === undefined ? dataset.test : subset(dataset.test, limit, recipe.seed);
  const result = await withBatchWorkers((workers) =>
    evaluate(model, workers.open(feedingOf(network, recipe, dataset, set))),
  );
  invariant(result, 'nobody stopped the evaluation');
  return {
    text: `${result.count} test pictures of ${recipe.data}: accuracy ${(100 * result.accuracy).toFixed(2)} %, loss ${result.loss.toFixed(4)}`,
    json: { run: run.record.id, ...result },
  };
};

const predict: Command = async ([name = '', image = ''], options) => {
  const { recipe, network, model } = await openRun(name, options);
  const source = findDataset(recipe.data);
  const [h, w, c] = layerAt(network, network.input).shape as [number, number, number];
  const read = await readPicture(image, c);
  const picture = options.invert ? { ...read, data: read.data.map((v) => 255 - v) } : read;
  const set = { ...picture, images: picture.data, labels: Uint8Array.of(0), count: 1 };
  const { mean, std } = normalisation(recipe, source);
  const { images } = createPipeline({
    ...{ set, batchSize: 1, shape: [h, w, c], mean, std, seed: 0, shuffle: false },
  }).batchAt(0, 0);
  const logits = await model.predict(images, 1);
  const ranked = (softmaxRows(logits, 1)[0] ?? [])
    .map((probability, i) => ({ class: source.classes[i] ?? `${i}`, probability }))
    .sort((a, b) => b.probability - a.probability);
  return {
    text: [
      ...ranked.slice(0, 5).map((r) => `${(100 * r.probability).toFixed(1).padStart(5)} %  ${r.class}`),
      ...(hasBrightBorder(picture)
        ? [`The picture's border is bright, as no picture of ${source.title} is: try --invert.`]
        : []),
    ].join('\n'),
    json: { predictions: ranked },
  };
};

export const trainingCommands = {
  predict,
  train,
  evaluate: evaluateRun,
};
