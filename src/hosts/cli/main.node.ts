/** The command line: reads words, refuses what a command does not heed, prints its answer or its error. */
import { AppError, describeError } from '../../base/errors.ts';
import { type OptionName, readArguments } from './arguments.ts';
import type { CommandDef } from './command.ts';
import { commands } from './commands.node.ts';
import { commandHelp, overview } from './help.ts';
import { version } from './version.ts';

/** Every command takes these. */
const common: readonly OptionName[] = ['json', 'help'];

function find(name: string): CommandDef {
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (found) return found;
  throw new AppError('cli/command', `There is no command '${name}'.`, {
    hint: "'stemma --help' lists them.",
  });
}

async function answer(argv: readonly string[]): Promise<number> {
  const { words, options } = readArguments(argv);
  const [name, ...rest] = words;
  if (options.version) return say(version);
  if (name === 'help' && rest[0]) return say(commandHelp(rest[0], find(rest[0])));
  if (name === undefined || name === 'help') return say(overview(commands));
  const command = find(name);
  if (options.help) return say(commandHelp(name, command));
  const ignored = (Object.keys(options) as OptionName[]).find(
    (key) => !command.options.includes(key) && !common.includes(key),
  );
  const usage = `stemma ${name} ${command.words}`.trim();
  if (ignored)
    throw new AppError('cli/option', `'${usage}' takes no --${ignored}.`, {
      hint: `See 'stemma help ${name}'.`,
    });
  const [least, most] = command.count;
  if (rest.length < least || rest.length > most)
    throw new AppError(
      'cli/words',
      `Expected '${usage}', received ${rest.length === 0 ? 'nothing' : `'${rest.join(' ')}'`} behind ${name}.`,
      {
        hint: `See 'stemma help ${name}'.`,
      },
    );
  const { text, json, exitCode = 0 } = await command.run(rest, options);
  say(options.json ? JSON.stringify(json) : text);
  return exitCode;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

export async function main(argv: readonly string[]): Promise<number> {
  // A reader that went away ('| head') is no error of ours.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  try {
    return await answer(argv);
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'bug';
    if (argv.includes('--json')) say(JSON.stringify({ error: { code, message: describeError(error) } }));
    process.stderr.write(`stemma: ${describeError(error)}\n`);
    if (code === 'bug' && process.env.STEMMA_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    return 1;
  }
}
