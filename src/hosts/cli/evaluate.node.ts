/** A run judged on the pictures that it was made for, or on others. */
import { AppError, invariant } from '../../base/errors.ts';
import { findRun } from '../../runs/store.node.ts';
import { runEvaluate } from '../../services/use/evaluate.node.ts';
import { numberOption, stringOption } from './arguments.ts';
import type { Command } from './command.ts';
import { homeOf } from './open-run.node.ts';

const splits = ['train', 'validation', 'test'] as const;
type Split = (typeof splits)[number];

function splitOf(given = 'test'): Split {
  if ((splits as readonly string[]).includes(given)) return given as Split;
  throw new AppError('cli/split', `--split: expected ${splits.join(', ')}, received '${given}'.`);
}

const TELL_EVERY_MS = 2000;

export const evaluateRun: Command = async ([name = ''], options) => {
  const run = findRun(homeOf(options), name);
  const own = run.record.recipe.data;
  const data = stringOption(options, 'data') ?? (typeof own === 'string' ? own : 'mnist');
  const split = splitOf(stringOption(options, 'split'));
  const limit = numberOption(options, 'limit');
  const engine = stringOption(options, 'engine');
  const dataDir = stringOption(options, 'data-dir');
  let told = performance.now();
  const found = await runEvaluate(
    {
      ...{ run: run.folder, data, split },
      ...(limit !== undefined && { limit }),
      ...(engine !== undefined && { engine }),
      ...(dataDir !== undefined && { dataDir }),
    },
    { wanted: async () => 'go' },
    ({ done, total }) => {
      if (performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      process.stderr.write(`${done} of ${total} pictures\n`);
    },
  );
  invariant(found, 'nobody stopped the evaluation');
  const { count, accuracy, loss, leftOut, by } = found;
  const notes = [
    by === 'place' && data !== own && 'No class has the same name: they were matched by their places.',
    leftOut > 0 && `${leftOut} pictures of classes that the network does not know were left out.`,
  ].filter((note) => note !== false);
  return {
    text: [
      `${count} ${split === 'train' ? 'training' : split} pictures of ${data}: accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}`,
      ...notes,
    ].join('\n'),
    json: { run: run.record.id, ...found },
  };
};
