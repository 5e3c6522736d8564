/** Every command. A new one is a function in its file and one entry here. */
import type { OptionName } from './arguments.ts';
import type { CommandDef } from './command.ts';
import { compareRuns } from './compare.node.ts';
import { dataCommand } from './data.node.ts';
import { drawingCommands } from './drawing.node.ts';
import { enginesCommand } from './engines.node.ts';
import { experimentCommand } from './experiment.node.ts';
import { exportModel } from './export.node.ts';
import { recipeOptions } from './recipe-options.ts';
import { runsCommand } from './runs.node.ts';
import { trainingCommands } from './training.node.ts';

const shaping = ['set', 'flavour', 'input', 'classes'] as const satisfies readonly OptionName[];
const recipe = ['recipe', ...Object.keys(recipeOptions)] as OptionName[];
const where = ['runs'] as const;

export const commands: Readonly<Record<string, CommandDef>> = {
  templates: {
    words: '',
    count: [0, 0],
    help: 'What can be begun with.',
    options: [],
    run: drawingCommands.templates,
  },
  new: {
    words: 'TEMPLATE',
    count: [1, 1],
    help: 'Write a drawing; TEMPLATE.stemma where -o names no file.',
    options: ['output', 'force', 'title', ...shaping],
    run: drawingCommands.new,
  },
  summary: {
    words: 'FILE|TEMPLATE',
    count: [1, 1],
    help: 'Shapes, parameters and MACs of each part.',
    options: [...shaping],
    run: drawingCommands.summary,
  },
  check: {
    words: 'FILE|TEMPLATE',
    count: [1, 1],
    help: 'Every problem, with its fixes; exit 1 where there are errors.',
    options: [...shaping],
    run: drawingCommands.check,
  },
  fix: {
    words: 'FILE',
    count: [1, 1],
    help: 'Apply the first fix of each problem, to FILE itself where -o names no other. Removes nothing and leaves warnings alone, unless --all.',
    options: ['output', 'force', 'all'],
    run: drawingCommands.fix,
  },
  plain: {
    words: 'FILE',
    count: [1, 1],
    help: 'Take every skip away, or put them back (as auto); FILE itself is changed where -o names no other.',
    options: ['output', 'force'],
    run: drawingCommands.plain,
  },
  train: {
    words: '[FILE|TEMPLATE]',
    count: [0, 1],
    help: 'Train in a process of its own. Ctrl+C stops after the step and keeps the weights. --resume RUN goes on with a run, --epochs then says how many in all. --from RUN begins a new run with the weights of another.',
    options: ['resume', 'from', ...recipe, ...shaping, 'engine', 'data-dir', 'title', 'out', ...where],
    run: trainingCommands.train,
  },
  experiment: {
    words: '[KIND|FILE]',
    count: [0, 1],
    help: 'Train networks beside each other and tell what is seen; without a word: the kinds, and what was run. Ctrl+C stops, --resume goes on.',
    options: [
      ...['depths', 'groups', 'seeds', 'resume', 'output', 'force'],
      ...recipe.filter((name) => name !== 'recipe' && name !== 'seed'),
      ...['engine', 'data-dir', 'out', ...where],
    ] as OptionName[],
    run: experimentCommand,
  },
  runs: {
    words: '[usage | edit RUN]',
    count: [0, 2],
    help: 'What was trained, newest first. usage tells what it takes on the disk; edit sets --title, --note and --tag of a run.',
    options: ['title', 'note', 'tag', ...where],
    run: runsCommand,
  },
  'compare-runs': {
    words: 'RUN RUN…',
    count: [2, 20],
    help: 'What several runs came to, and in what their recipes and drawings differ; * marks the best.',
    options: [...where],
    run: compareRuns,
  },
  evaluate: {
    words: 'RUN',
    count: [1, 1],
    help: "Judge a run on its test pictures, or on those of --data whose classes fit. RUN: an id, its beginning, a folder, or 'last'.",
    options: ['data', 'split', 'limit', 'engine', 'data-dir', ...where],
    run: trainingCommands.evaluate,
  },
  predict: {
    words: 'RUN IMAGE',
    count: [2, 2],
    help: 'What a run sees in a picture (PNG, JPEG, WebP, GIF, TIFF).',
    options: ['invert', 'engine', ...where],
    run: trainingCommands.predict,
  },
  export: {
    words: 'RUN|FILE|TEMPLATE',
    count: [1, 1],
    help: 'Write --to tfjs, safetensors or document at -o, and read it back to prove it.',
    options: ['to', 'output', 'force', 'seed', 'engine', ...shaping, ...where],
    run: exportModel,
  },
  engines: {
    words: '[install tensorflow|tfjs-node | use FOLDER|auto | remove]',
    count: [0, 2],
    help: 'What can train here, and why. install brings TensorFlow, the fast one, and use names one that is here already; remove takes away what install brought.',
    options: ['gpu', 'wheel'],
    run: enginesCommand,
  },
  data: {
    words: '[get NAME | add FOLDER|FILE.csv | remove own:NAME]',
    count: [0, 2],
    help: 'Data sets and where they are. get fetches and verifies one; add registers your own pictures, in a folder for each class or named by a CSV; remove takes away the registration only.',
    options: ['data-dir', 'name', 'fit', 'columns'],
    run: dataCommand,
  },
};
