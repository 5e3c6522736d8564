/** Commands on training: train, evaluate, predict. */

import { AppError } from '../../base/errors.ts';
import { findDataset } from '../../data/index.node.ts';
import { applyEdit, setParams } from '../../document/edits.ts';
import { writeDocument } from '../../document/file.ts';
import type { StemmaDocument } from '../../document/model.ts';
import { completeRecipe, type Recipe } from '../../recipe/recipe.ts';
import { findRun } from '../../runs/store.node.ts';
import { loadDrawing } from '../../services/documents.node.ts';
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

export const trainingCommands = {
  predict,
  train,
  evaluate: evaluateRun,
};
