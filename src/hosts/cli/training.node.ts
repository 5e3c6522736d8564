/** Commands on training: train, runs, evaluate, predict, data. */

import { AppError } from '../../base/errors.ts';
import type { DatasetSource } from '../../data/dataset.ts';
import { findDataset, listDatasets } from '../../data/index.node.ts';
import { loadDataset, locate } from '../../data/load.node.ts';
import { applyEdit, setParams } from '../../document/edits.ts';
import { writeDocument } from '../../document/file.ts';
import type { StemmaDocument } from '../../document/model.ts';
import { completeRecipe, type Recipe } from '../../recipe/recipe.ts';
import { findRun, listRuns } from '../../runs/store.node.ts';
import { loadDrawing } from '../../services/documents.node.ts';
import { fetchDataset } from '../../services/fetch-data.node.ts';
import type { TrainingJob } from '../../services/jobs.ts';
import { nodeFork } from '../../services/node-fork.node.ts';
import { resumeJob } from '../../services/resume.node.ts';
import { startTrainer } from '../../services/trainer-process.node.ts';
import { templates } from '../../templates/index.ts';
import { numberOption, type Options, stringOption, templateOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { evaluateRun } from './evaluate.node.ts';
import { homeOf } from './open-run.node.ts';
import { drawingOf } from './paths.node.ts';
import { predict } from './predict.node.ts';
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
  const from = stringOption(options, 'from');
  return {
    ...{ document: writeDocument(document), recipe, runsHome, ...common },
    ...(from !== undefined && { from: { run: findRun(runsHome, from).folder } }),
  };
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

const runs: Command = async (_, options) => {
  const listed = listRuns(homeOf(options));
  const lines = listed.map((item) => {
    if (!('record' in item)) return `${item.id}  damaged: ${item.damaged}`;
    const { id, state, summary, reason, recipe } = item.record;
    const { data, size, optimizer } = recipe;
    const figures = [
      typeof summary.testAccuracy === 'number' &&
        `test accuracy ${(100 * summary.testAccuracy).toFixed(2)} %`,
      typeof summary.trainLoss === 'number' && `loss ${summary.trainLoss.toFixed(4)}`,
      typeof summary.steps === 'number' && `${summary.steps} steps`,
      reason,
    ].filter(Boolean);
    return `${id}  ${state.padEnd(9)} ${data} ${size}² ${optimizer}  ${figures.join(', ')}`;
  });
  return { text: lines.join('\n') || `No runs yet in ${homeOf(options)}.`, json: { runs: listed } };
};

/** With a line of progress; Ctrl+C cancels, and what arrived is kept. */
async function fetchShown(source: DatasetSource, dataDir: string | undefined): Promise<void> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once('SIGINT', cancel);
  let told = 0;
  try {
    await fetchDataset(source, {
      ...(dataDir !== undefined && { folder: dataDir }),
      signal: controller.signal,
      onProgress({ file, received, total }) {
        if (Date.now() - told < 500 && received < total) return;
        told = Date.now();
        const share = total > 0 ? ` of ${(total / 1e6).toFixed(1)}` : '';
        process.stderr.write(`${file}: ${(received / 1e6).toFixed(1)}${share} MB\n`);
      },
    });
  } finally {
    process.off('SIGINT', cancel);
  }
}

const data: Command = async (words, options) => {
  const [verb, name] = words;
  if (verb === 'get') {
    if (name === undefined)
      throw new AppError(
        'cli/words',
        "Expected 'stemma data get NAME', as in: stemma data get fashion-mnist.",
      );
    const source = findDataset(name);
    const dataDir = stringOption(options, 'data-dir');
    if (locate(source, dataDir) === undefined && source.download !== undefined)
      await fetchShown(source, dataDir);
    const dataset = await loadDataset(source, dataDir);
    return {
      text: `${source.title} is in ${dataset.folder}, whole and verified.`,
      json: { id: source.id, folder: dataset.folder },
    };
  }
  if (verb !== undefined)
    throw new AppError('cli/words', `Expected 'stemma data' or 'stemma data get NAME', received '${verb}'.`);
  const all = listDatasets().map((source) => ({
    id: source.id,
    title: source.title,
    folder: locate(source, stringOption(options, 'data-dir')) ?? null,
    licence: source.licence,
  }));
  return {
    text: all
      .map((d) => `${d.id.padEnd(16)} ${d.folder ?? `not here. ${findDataset(d.id).hint}`}`)
      .join('\n'),
    json: { datasets: all },
  };
};

export const trainingCommands = {
  predict,
  train,
  runs,
  evaluate: evaluateRun,
  data,
};
