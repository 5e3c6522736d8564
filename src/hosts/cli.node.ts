/** The command line: a list of commands, and how an answer or an error is printed. */
import { AppError, describeError } from '../base/errors.ts';
import { readArguments } from './arguments.ts';
import { drawingCommands } from './cli-drawing.node.ts';
import { trainingCommands } from './cli-training.node.ts';
import type { Command } from './command.ts';

const commands: Readonly<Record<string, Command>> = { ...drawingCommands, ...trainingCommands };

const help = `Stemma: draw a network of residual blocks, see every shape, train it, take it anywhere.

  stemma templates                        what can be begun with
  stemma new TEMPLATE [-o FILE]           write a drawing
      [--set k=v] [--flavour d2l|torchvision] [--input 96,96,1] [--classes 10]
  stemma summary FILE|TEMPLATE            shapes, parameters and MACs of each part (same options)
  stemma check FILE                       every problem, with its fixes
  stemma fix FILE [-o FILE]               apply the first fix of each
  stemma plain FILE [-o FILE]             without skips, and back (to shortcut auto)
  stemma train FILE|TEMPLATE --data mnist|fashion-mnist
      [--recipe quick|book] [--size 32] [--batch N] [--epochs N] [--lr X] [--optimizer NAME]
      [--limit N] [--seed N] [--engine NAME] [--data-dir DIR] [--runs DIR] [--out DIR]
  stemma runs | evaluate RUN | predict RUN IMAGE
  stemma export RUN|FILE|TEMPLATE --to tfjs|safetensors|document -o PATH
  stemma engines                          what can train here, and why
  stemma data [get NAME]                  data sets, and where they are

--json prints one JSON object on the last line.`;

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { words, options } = readArguments(argv);
    const [name, ...rest] = words;
    if (options.help || name === undefined) {
      process.stdout.write(`${help}\n`);
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command)
      throw new AppError('cli/command', `There is no command '${name}'.`, {
        hint: "'stemma --help' lists them.",
      });
    const { text, json, exitCode = 0 } = await command(rest, options);
    process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${text}\n`);
    return exitCode;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'bug';
    if (argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code, message: describeError(error) } })}\n`);
    process.stderr.write(`stemma: ${describeError(error)}\n`);
    if (code === 'bug' && process.env.STEMMA_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    return 1;
  }
}
