/** Commands on data sets: which there are, fetching one, a person's own pictures. */
import { AppError } from '../../base/errors.ts';
import { type DatasetSource, type Fit, fits } from '../../data/dataset.ts';
import { findDataset, listDatasets } from '../../data/index.node.ts';
import { loadDataset, locate } from '../../data/load.node.ts';
import { addPictures, isCsvPlace } from '../../data/own/add.node.ts';
import { type CsvColumns, type CsvGuess, columnsFrom } from '../../data/own/csv-columns.ts';
import { guessCsv } from '../../data/own/list-csv.node.ts';
import { forget, type Registration } from '../../data/own/registration.node.ts';
import type { AddProgress } from '../../data/own/report.ts';
import { fetchDataset } from '../../services/fetch-data.node.ts';
import { type Options, stringOption } from './arguments.ts';
import type { Answer, Command } from './command.ts';

/** Ctrl+C cancels; what was reached until then is kept. */
async function cancellable<T>(use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once('SIGINT', cancel);
  try {
    return await use(controller.signal);
  } finally {
    process.off('SIGINT', cancel);
  }
}

/** Says a line now and then. */
function paced(): (isLast: boolean, line: () => string) => void {
  let told = 0;
  return (isLast, line) => {
    if (Date.now() - told < 500 && !isLast) return;
    told = Date.now();
    process.stderr.write(`${line()}\n`);
  };
}

const fetchShown = (source: DatasetSource, dataDir: string | undefined) =>
  cancellable((signal) => {
    const say = paced();
    return fetchDataset(source, {
      ...(dataDir !== undefined && { folder: dataDir }),
      signal,
      onProgress({ file, received, total }) {
        const share = total > 0 ? ` of ${(total / 1e6).toFixed(1)}` : '';
        say(received === total, () => `${file}: ${(received / 1e6).toFixed(1)}${share} MB`);
      },
    });
  });

async function get(name: string, options: Options): Promise<Answer> {
  const source = findDataset(name);
  const dataDir = stringOption(options, 'data-dir');
  if (locate(source, dataDir) === undefined && source.download) await fetchShown(source, dataDir);
  const { folder } = await loadDataset(source, dataDir);
  return {
    text: `${source.title} is in ${folder}, whole and verified.`,
    json: { id: source.id, folder },
  };
}

function fitOf(options: Options): Fit {
  const fit = stringOption(options, 'fit') ?? 'crop';
  if (!(fits as readonly string[]).includes(fit))
    throw new AppError('cli/fit', `--fit: expected ${fits.join(' or ')}, received '${fit}'.`);
  return fit as Fit;
}

function wordsOf({ names, path, label, part, header }: CsvGuess & CsvColumns): string {
  const name = (column: number) => `'${names[column] ?? column + 1}'`;
  const parts = part === null ? 'no column of parts' : `parts in ${name(part)}`;
  return `The CSV ${header ? 'names its columns' : 'has no header'}: paths in ${name(path)}, labels in ${name(label)}, ${parts}. If that is wrong, say --columns PATH,LABEL[,PART].`;
}

async function columnsOf(place: string, options: Options): Promise<CsvColumns | undefined> {
  const named = stringOption(options, 'columns');
  if (!(await isCsvPlace(place))) {
    if (named !== undefined) throw new AppError('cli/columns', '--columns is for a CSV; a folder has none.');
    return undefined;
  }
  const guess = await guessCsv(place);
  const columns = named === undefined ? guess : columnsFrom(guess, named);
  process.stderr.write(`${wordsOf({ ...guess, ...columns })}\n`);
  const { separator, header, path, label, part } = columns;
  return { separator, header, path, label, part };
}

const phases: Readonly<Record<AddProgress['phase'], string>> = {
  listing: 'Listing',
  reading: 'Looking at',
  measuring: 'Measuring',
};

/** So many broken files are named on a terminal; --json and the window have them all. */
const MAX_SHOWN = 20;

function reportOf(added: Registration): string {
  const { id, title, classes, counts, shape, fit, leftOut, notes, divided } = added;
  const more = leftOut.count - Math.min(MAX_SHOWN, leftOut.named.length);
  const by = { folders: 'by its folders', column: 'by its column', seed: 'by a seed' }[divided];
  return [
    `${title} is '${id}': ${classes.length} classes; ${counts.train} pictures to train, ${counts.validation} for validation, ${counts.test} for the test (${by}); shown as ${shape.join(' × ')}, ${fit === 'crop' ? 'edges cut' : 'whole, black around'}.`,
    ...notes,
    ...(leftOut.count > 0 ? [`${leftOut.count} left out:`] : []),
    ...leftOut.named.slice(0, MAX_SHOWN).map(({ name, why }) => `  ${name}: ${why}`),
    ...(more > 0 ? [`  and ${more} more.`] : []),
    `Train with it: stemma train resnet18 --data ${id}`,
  ].join('\n');
}

async function add(place: string, options: Options): Promise<Answer> {
  const columns = await columnsOf(place, options);
  const title = stringOption(options, 'name');
  const say = paced();
  const added = await cancellable((signal) =>
    addPictures(place, {
      ...{ signal, fit: fitOf(options) },
      ...(title !== undefined && { title }),
      ...(columns && { columns }),
      onProgress: ({ phase, done, total, broken }) =>
        say(total > 0 && done === total, () =>
          [
            `${phases[phase]} ${done}${total > 0 ? ` of ${total}` : ''} pictures`,
            broken > 0 ? `, ${broken} broken` : '',
            '.',
          ].join(''),
        ),
    }),
  );
  return { text: reportOf(added), json: added };
}

async function remove(id: string): Promise<Answer> {
  await forget(id);
  return { text: `${id} is removed; its pictures lie where they were.`, json: { removed: id } };
}

function list(options: Options): Answer {
  const all = listDatasets().map((source) => ({
    ...{ id: source.id, title: source.title, hint: source.hint, licence: source.licence },
    folder: locate(source, stringOption(options, 'data-dir')) ?? null,
    classes: source.classes.length,
    ...{ trainCount: source.trainCount, testCount: source.testCount },
  }));
  const width = Math.max(16, ...all.map(({ id }) => id.length));
  return {
    text: all
      .map(({ id, folder, hint }) => `${id.padEnd(width)} ${folder ?? `not here. ${hint}`}`)
      .join('\n'),
    json: { datasets: all },
  };
}

const verbs: Readonly<
  Record<string, { word: string; run: (word: string, options: Options) => Promise<Answer> }>
> = {
  get: { word: 'NAME, as in: stemma data get fashion-mnist', run: get },
  add: { word: 'FOLDER|FILE.csv', run: add },
  remove: { word: 'own:NAME', run: remove },
};

export const dataCommand: Command = async ([verb, word], options) => {
  if (verb === undefined) return list(options);
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!known)
    throw new AppError(
      'cli/words',
      `Expected 'stemma data' or 'stemma data get|add|remove …', received '${verb}'.`,
    );
  if (word === undefined) throw new AppError('cli/words', `Expected 'stemma data ${verb} ${known.word}'.`);
  return known.run(word, options);
};
