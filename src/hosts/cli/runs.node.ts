/** runs: what was trained, what it takes on the disk, and the person's words for it. */
import { basename } from 'node:path';
import { AppError } from '../../base/errors.ts';
import type { LabelChange } from '../../runs/labels.ts';
import { editLabels, findRun, type Listed, listRuns, runsUsage } from '../../runs/store.node.ts';
import { type Options, stringOption } from './arguments.ts';
import type { Answer, Command } from './command.ts';
import { homeOf } from './open-run.node.ts';

function lineOf(item: Listed): string {
  if (!('record' in item)) return `${item.id}  damaged: ${item.damaged}`;
  const { id, state, summary, reason, recipe } = item.record;
  const { data, size, optimizer } = recipe;
  const figures = [
    typeof summary.testAccuracy === 'number' && `test accuracy ${(100 * summary.testAccuracy).toFixed(2)} %`,
    typeof summary.trainLoss === 'number' && `loss ${summary.trainLoss.toFixed(4)}`,
    typeof summary.steps === 'number' && `${summary.steps} steps`,
    reason,
  ].filter(Boolean);
  const tags = (item.tags ?? []).map((tag) => ` #${tag.replaceAll(' ', '-')}`).join('');
  return `${id}  ${state.padEnd(9)} ${data} ${size}² ${optimizer}  ${figures.join(', ')}${tags}`;
}

function list(options: Options): Answer {
  const listed = listRuns(homeOf(options));
  return {
    text: listed.map(lineOf).join('\n') || `No runs yet in ${homeOf(options)}.`,
    json: { runs: listed },
  };
}

async function edit(name: string, options: Options): Promise<Answer> {
  const { folder } = findRun(homeOf(options), name);
  const title = stringOption(options, 'title');
  const note = stringOption(options, 'note');
  const given = Array.isArray(options.tag) ? options.tag : undefined;
  const change: LabelChange = {
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(given && { tags: given.filter((tag) => tag.trim() !== '') }),
  };
  if (Object.keys(change).length === 0)
    throw new AppError('cli/option', 'runs edit: expected --title, --note or --tag, received none.');
  const labels = await editLabels(folder, change);
  const told = [labels.title, labels.tags.map((tag) => `#${tag}`).join(' '), labels.note].filter(Boolean);
  return { text: [basename(folder), ...told].join('\n'), json: { run: folder, ...labels } };
}

const inWords = (bytes: number) =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

async function usage(options: Options): Promise<Answer> {
  const used = await runsUsage(homeOf(options));
  const free = used.freeBytes === null ? '' : `, ${inWords(used.freeBytes)} free`;
  const lines = used.runs.map(({ run, bytes }) => `${inWords(bytes).padStart(12)}  ${run}`);
  const total = `${inWords(used.bytes).padStart(12)}  in all${used.trashBytes ? `, and ${inWords(used.trashBytes)} in .trash` : ''}${free}`;
  return { text: [...lines, total].join('\n'), json: used };
}

export const runsCommand: Command = async ([what, name], options) => {
  const words = ['title', 'note', 'tag'] as const;
  const isEdit = what === 'edit' && name !== undefined;
  const given = words.find((word) => options[word] !== undefined);
  if (given && !isEdit) throw new AppError('cli/option', `--${given} is for 'stemma runs edit RUN'.`);
  if (what === undefined) return list(options);
  if (isEdit) return edit(name, options);
  if (what === 'usage' && name === undefined) return usage(options);
  throw new AppError(
    'cli/words',
    `runs: expected nothing, 'usage' or 'edit RUN', received '${[what, name].filter(Boolean).join(' ')}'.`,
  );
};
