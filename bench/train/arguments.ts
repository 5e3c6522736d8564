/** The words after `npm run bench -- train`. */
import { parseArgs } from 'node:util';
import { AppError } from '../../src/base/errors.ts';
import { type Entry, entries } from './works.ts';

export interface TrainOptions {
  readonly peers: boolean;
  readonly rounds: number;
  readonly entries: readonly Entry[];
  /** undefined: the best that is available. */
  readonly engine: string | undefined;
  /** Puts the table into README.md too. */
  readonly readme: boolean;
}

export const usage = `npm run bench -- train [--peers] [--rounds N] [--only NAME,…] [--engine ENGINE] [--readme]

  --peers    measures PyTorch, Keras and JAX beside Stemma; makes their Python environment when it is not there
             (STEMMA_PEERS=FOLDER names one that is)
  --rounds   how often everyone has a turn; 5 where not given
  --only     ${entries.map((e) => e.id).join('\n             ')}
  --engine   Stemma's engine; the best that is available where not given
  --readme   puts the table into README.md

npm run bench -- readme [FILE.json]      puts the table of the last results, or of these, into README.md`;

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        peers: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '5' },
        only: { type: 'string' },
        engine: { type: 'string' },
        readme: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (cause) {
    const told = cause instanceof Error ? cause.message.split('. ')[0]?.replace(/\.$/, '') : String(cause);
    throw new AppError('bench/option', `${told}.`, { hint: `\n${usage}`, cause });
  }
}

function chosen(only: string | undefined): readonly Entry[] {
  if (only === undefined) return entries;
  const names = only.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !entries.some((e) => e.id === name));
  if (unknown !== undefined || names.length === 0)
    throw new AppError('bench/only', `--only: there is no work '${unknown ?? ''}'.`, {
      hint: `Works: ${entries.map((e) => e.id).join(', ')}.`,
    });
  return entries.filter((e) => names.includes(e.id));
}

/** @returns undefined where only help is asked for */
export function readTrainOptions(argv: readonly string[]): TrainOptions | undefined {
  const { peers, rounds, only, engine, readme, help } = read(argv);
  if (help) return undefined;
  const count = Number(rounds);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new AppError(
      'bench/rounds',
      `--rounds: expected a whole number from 1 to 1000, received '${rounds}'.`,
    );
  return { peers, rounds: count, entries: chosen(only), engine, readme };
}
