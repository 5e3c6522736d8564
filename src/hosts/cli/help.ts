/** Help texts, made from the commands and the schemas, so that they cannot drift. */
import { recipeSchema } from '../../recipe/recipe.ts';
import { templates } from '../../templates/index.ts';
import type { OptionName } from './arguments.ts';
import type { CommandDef } from './command.ts';
import { recipeOptions } from './recipe-options.ts';

const plain: Partial<Record<OptionName, string>> = {
  output: '-o PATH        Where to write.',
  all: '--all          Warnings too, and fixes that remove nodes.',
  invert: '--invert       Dark on white, as scans are, to white on dark, as the data is.',
  force: '--force        Replace what is there.',
  title: '--title TEXT   What the drawing is called.',
  set: '--set KEY=VALUE  A parameter of the template; may stand several times (see below).',
  flavour: '--flavour d2l|torchvision  Whose convolutions, padding and initialisers. d2l where not given.',
  input:
    '--input H,W,C  Size of the pictures; 96,96,1 where not given, when training --size and the data decide.',
  classes: '--classes N    How many classes; 10 where not given, when training the data decides.',
  recipe: '--recipe quick|book  quick: learning visible within a minute; book: d2l’s own setting.',
  gpu: '--gpu          With install tensorflow: also the libraries for NVIDIA GPUs (Linux x64, 4.4 GB more).',
  wheel:
    '--wheel PATH   With install tensorflow: a wheel file, or with --gpu a folder of them, in place of fetching.',
  engine: "--engine NAME  See 'stemma engines'.",
  'data-dir': '--data-dir DIR  Folder that holds the files of a data set.',
  name: '--name TEXT      What to call your pictures; as their folder where not given.',
  fit: '--fit crop|pad   Pictures of another form: cut at their edges (crop), or whole with black around (pad).',
  columns:
    '--columns A,B,C  Of a CSV: the columns of paths, labels and parts (train, val, test), by name or number from 1.',
  note: '--note TEXT    What there is to say of a run.',
  tag: "--tag WORD     May be given several times, in place of all before; --tag '' takes them away.",
  runs: '--runs DIR     Where runs lie.',
  out: '--out DIR      The same as --runs.',
  depths: '--depths N,N   How many layers, as 20,32,56.',
  groups: '--groups N,N   How many groups, as 1,8,32.',
  seeds: '--seeds N      Each network from so many seeds.',
  split: '--split test|train|validation  Which of its pictures.',
  from: '--from RUN     Begin with the weights of this run, as far as names and shapes are the same.',
  resume: '--resume ID    Go on with what was stopped or interrupted.',
  to: '--to FORMAT    tfjs (a folder), safetensors, document.',
};

function optionLine(name: OptionName): string {
  const text = plain[name];
  if (text) return text;
  if (!Object.hasOwn(recipeOptions, name)) return `--${name}`;
  const { help, options, field } = recipeSchema[recipeOptions[name as keyof typeof recipeOptions]];
  const value = field === 'switch' ? '' : ` ${options ? options.join('|') : 'N'}`;
  return `--${name}${value}  ${help}`;
}

export function overview(commands: Readonly<Record<string, CommandDef>>): string {
  const rows = Object.entries(commands).map(([name, { words, help }]) => {
    const head = `  stemma ${name} ${words}`;
    return `${head.padEnd(34)} ${help}`;
  });
  return `Stemma: draw a network of residual blocks, see every shape, train it, take it anywhere.

  stemma web [FILE.stemma]          The window, in your browser; --port N, --host ADDRESS, --no-open.
${rows.join('\n')}

'stemma help COMMAND' tells its options. --json prints one JSON object on the last line. --version prints the version.`;
}

export function commandHelp(name: string, { words, help, options }: CommandDef): string {
  const lines = [
    `stemma ${name} ${words}`,
    '',
    help,
    '',
    ...options.map((option) => `  ${optionLine(option)}`),
  ];
  if (options.includes('set')) {
    lines.push('', 'Parameters of the templates for --set:');
    for (const [key, kind] of Object.entries(templates[0]?.params ?? {}))
      lines.push(`  ${key}  ${kind.help}${kind.options ? ` (${kind.options.join(', ')})` : ''}`);
  }
  return lines.join('\n');
}
