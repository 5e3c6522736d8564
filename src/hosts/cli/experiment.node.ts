/** The command on experiments: what kinds there are, running one, going on with one, its figure and tables. */
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import sharp from 'sharp';
import { AppError } from '../../base/errors.ts';
import { writeFileSafely } from '../../base/files.node.ts';
import { findDataset } from '../../data/index.node.ts';
import { expand } from '../../experiments/expand.ts';
import {
  EXPERIMENT_EXTENSION,
  type ExperimentDocument,
  readExperiment,
  writeExperiment,
} from '../../experiments/experiment.ts';
import { figureOf } from '../../experiments/figure/figure.ts';
import { documentOf, findKind, firstSeeds, type Kind, kinds } from '../../experiments/kinds/index.ts';
import { type ExperimentResult, rowsOf } from '../../experiments/results.ts';
import { experimentFolder, listExperiments, openExperiment } from '../../experiments/store.node.ts';
import { storyOf } from '../../experiments/story.ts';
import { csvOf, markdownOf, summaryTable, textOf } from '../../experiments/table.ts';
import { startJob } from '../../services/job.node.ts';
import type { ExperimentJob } from '../../services/jobs.ts';
import { nodeFork } from '../../services/node-fork.node.ts';
import { numberOption, type Options, stringOption } from './arguments.ts';
import type { Answer, Command } from './command.ts';
import { experimentPrinter } from './experiment-progress.ts';
import { homeOf } from './open-run.node.ts';
import { refuseExisting } from './paths.node.ts';
import { recipeGiven } from './recipe-options.ts';

type Content = (experiment: ExperimentDocument, results: readonly ExperimentResult[]) => string;

const contents: Readonly<Record<string, Content>> = {
  '.svg': (experiment, results) => figureOf(experiment, results).svg,
  '.png': (experiment, results) => figureOf(experiment, results).svg,
  '.csv': csvOf,
  '.md': markdownOf,
  [`.${EXPERIMENT_EXTENSION}`]: writeExperiment,
};

const endingOf = (path: string) => extname(path).toLowerCase();

/** Refuses before anything is trained what could not be written after it. */
function outputOf(options: Options): string | undefined {
  const path = stringOption(options, 'output');
  if (path === undefined) return undefined;
  if (!contents[endingOf(path)])
    throw new AppError(
      'cli/output',
      `-o: expected a file that ends in ${Object.keys(contents).join(', ')}, received '${path}'.`,
    );
  refuseExisting(path, options);
  return path;
}

async function write(path: string, experiment: ExperimentDocument, results: readonly ExperimentResult[]) {
  const text = contents[endingOf(path)]?.(experiment, results) ?? '';
  const data =
    endingOf(path) === '.png' ? await sharp(Buffer.from(text), { density: 144 }).png().toBuffer() : text;
  await writeFileSafely(path, data);
}

function numbersOf(options: Options, name: 'depths' | 'groups'): number[] | undefined {
  const given = stringOption(options, name);
  if (given === undefined) return undefined;
  const values = given.split(',').map(Number);
  if (values.some((value) => !Number.isInteger(value)))
    throw new AppError('cli/number', `--${name}: expected whole numbers as 20,32,56, received '${given}'.`);
  return [...new Set(values)];
}

function valuesOf({ id, axis }: Kind, options: Options): readonly number[] {
  const given = { depth: numbersOf(options, 'depths'), groups: numbersOf(options, 'groups') };
  for (const fact of ['depth', 'groups'] as const)
    if (given[fact] && axis?.fact !== fact)
      throw new AppError(
        'cli/option',
        `An experiment '${id}' takes no --${fact === 'depth' ? 'depths' : fact}.`,
      );
  const values = (axis && given[axis.fact]) ?? axis?.defaults ?? [];
  const problem = values.map((value) => axis?.problem(value)).find((words) => words !== undefined);
  if (problem !== undefined) throw new AppError('cli/number', problem);
  return values;
}

function seedsOf(options: Options): number[] | undefined {
  const count = numberOption(options, 'seeds');
  if (count === undefined) return undefined;
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new AppError('cli/number', `--seeds: expected how many, from 1 to 100, received '${count}'.`);
  return firstSeeds(count);
}

/** A file's own, with what the options change; or a kind's. */
function experimentOf(name: string, options: Options): ExperimentDocument {
  const recipe = recipeGiven(options);
  if (existsSync(name) || name.endsWith(`.${EXPERIMENT_EXTENSION}`)) {
    if (!existsSync(name)) throw new AppError('experiment/missing', `There is no file ${name}.`);
    const stored = readExperiment(readFileSync(name, 'utf8'), name);
    const fixed = (['depths', 'groups', 'size', 'data'] as const).find((key) => options[key] !== undefined);
    if (fixed)
      throw new AppError(
        'cli/option',
        `--${fixed} shapes a kind of experiment; ${name} has its own networks.`,
        {
          hint: 'Change the file, or name a kind.',
        },
      );
    return { ...stored, recipe: { ...stored.recipe, ...recipe }, seeds: seedsOf(options) ?? stored.seeds };
  }
  const kind = findKind(name);
  const source = findDataset(stringOption(options, 'data') ?? 'mnist');
  const size = numberOption(options, 'size') ?? kind.size;
  const experiment = documentOf(kind, {
    ...{ input: [size, size, source.shape[2]], classes: source.classes.length, data: source.id },
    ...{ values: valuesOf(kind, options), seeds: seedsOf(options) ?? firstSeeds(kind.seeds), recipe },
  });
  // As a file would be read: a size that is none is told here.
  return readExperiment(writeExperiment(experiment), name);
}

function answerOf(
  experiment: ExperimentDocument,
  results: readonly ExperimentResult[],
  { id, folder }: { readonly id: string; readonly folder: string },
): Answer {
  const story = storyOf(experiment, results);
  const all = experiment.seeds.length * experiment.variants.length;
  const more = results.length < all ? [`Go on with: stemma experiment --resume ${id}`] : [];
  return {
    text: [textOf(summaryTable(experiment, results)), '', ...story, ...more, `Experiment: ${folder}`].join(
      '\n',
    ),
    json: {
      id,
      folder,
      kind: experiment.kind,
      results: rowsOf(experiment, results),
      story,
      complete: results.length === all,
    },
  };
}

function overview(options: Options): Answer {
  const stored = listExperiments(homeOf(options));
  const lines = [
    ...kinds.map(({ id, question }) => `${id.padEnd(22)} ${question}`),
    ...(stored.length > 0 ? [''] : []),
    ...stored.map((item) => {
      if ('damaged' in item) return `${item.id}  damaged: ${item.damaged}`;
      const { id, state, results } = item.record;
      const { seeds, variants } = item.document;
      return `${id}  ${state}, ${results.length} of ${seeds.length * variants.length} networks`;
    }),
  ];
  const known = kinds.map(({ id, title, question, source }) => ({ id, title, question, source }));
  const experiments = stored.map((item) =>
    'damaged' in item ? item : { ...item.record, kind: item.document.kind },
  );
  return { text: lines.join('\n'), json: { kinds: known, experiments } };
}

async function run(source: ExperimentJob['source'], experiment: ExperimentDocument, options: Options) {
  const engine = stringOption(options, 'engine');
  const dataDir = stringOption(options, 'data-dir');
  const job: ExperimentJob = {
    ...{ source, runsHome: homeOf(options) },
    ...(engine !== undefined && { engine }),
    ...(dataDir !== undefined && { dataDir }),
  };
  const handle = startJob(nodeFork(), 'experiment', job, experimentPrinter(experiment));
  let asked = false;
  const onInterrupt = () => {
    if (asked) handle.kill(new AppError('trainer/cancelled', 'Cancelled. Networks that were done are kept.'));
    else process.stderr.write('\nStopping after this step; once more ends at once.\n');
    asked = true;
    handle.post({ type: 'stop' });
  };
  process.on('SIGINT', onInterrupt);
  try {
    return await handle.result;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

export const experimentCommand: Command = async ([name], options) => {
  const resumed = stringOption(options, 'resume');
  if (name === undefined && resumed === undefined) return overview(options);
  if (name !== undefined && resumed !== undefined)
    throw new AppError('cli/words', `--resume goes on with a stored experiment: '${name}' is one too many.`);
  const output = outputOf(options);
  if (resumed !== undefined) {
    const { document } = openExperiment(experimentFolder(homeOf(options), resumed));
    const end = await run({ id: resumed }, document, options);
    if (output !== undefined) await write(output, document, end.results);
    return answerOf(document, end.results, end);
  }
  const experiment = experimentOf(name ?? '', options);
  // Told before the trainer starts.
  const planned = expand(experiment);
  if (output?.endsWith(`.${EXPERIMENT_EXTENSION}`)) {
    await write(output, experiment, []);
    const text = `${output}: ${planned.length} networks, none trained yet. Run it: stemma experiment ${output}`;
    return { text, json: { file: output, networks: planned.length } };
  }
  const end = await run({ experiment: writeExperiment(experiment) }, experiment, options);
  if (output !== undefined) await write(output, experiment, end.results);
  return answerOf(experiment, end.results, end);
};
