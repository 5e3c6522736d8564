import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeError } from '../../base/errors.ts';
import { readExperiment, writeExperiment } from '../../experiments/experiment.ts';
import { kinds } from '../../experiments/kinds/index.ts';
import { createExperiment } from '../../experiments/store.node.ts';
import { failure } from '../../services/testing-host.node.ts';
import { readArguments } from './arguments.ts';
import { experimentCommand } from './experiment.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'stemma-cli-experiment-'));
const runs = join(folder, 'runs');
afterAll(() => rmSync(folder, { recursive: true }));

const stemma = (...given: string[]) => {
  const { words, options } = readArguments([...given, '--runs', runs]);
  return experimentCommand(words, options);
};
const refused = async (...words: string[]) => describeError(await failure(stemma(...words)));

test('an experiment written as a file, changed by hand, and what is refused of it', async () => {
  const file = join(folder, 'mine.stemma-experiment');
  const written = await stemma(
    'plain-vs-residual',
    '--depths',
    '8,14',
    '--seeds',
    '2',
    '--lr',
    '0.05',
    '--flip',
    '-o',
    file,
  );
  expect(written.text).toContain('8 networks, none trained yet');
  const experiment = readExperiment(readFileSync(file, 'utf8'), file);
  expect(experiment).toMatchObject({
    seeds: [1, 2],
    recipe: { learningRate: 0.05, flip: true, data: 'mnist', size: 8 },
  });
  expect(await refused('plain-vs-residual', '-o', file)).toContain('exists already');
  expect(await refused(file, '--depths', '8')).toContain('has its own networks');
  writeFileSync(file, writeExperiment({ ...experiment, recipe: { ...experiment.recipe, batch: 0 } }));
  expect(await refused(file)).toContain("Variant 'plain-8': Recipe: batch: expected a whole number");
  expect(existsSync(runs)).toBe(false);
});

test('kinds and stored experiments are listed; wrong words are told before anything is trained', async () => {
  const [kind] = kinds;
  const { variants } = readExperiment(readFileSync(join(folder, 'mine.stemma-experiment'), 'utf8'), 'mine');
  const document = readExperiment(
    JSON.stringify({
      ...{ format: 'stemma-experiment', version: 1, kind: kind?.id, title: 'Kept' },
      ...{ input: [8, 8, 1], classes: 10, recipe: {}, seeds: [1], variants },
    }),
    'it',
  );
  const { record } = await createExperiment(runs, document, { state: 'created' });
  const { text: out } = await stemma();
  for (const { id, question } of kinds)
    expect(out).toMatch(new RegExp(`^${id} +${question.replace('?', '\\?')}`, 'm'));
  expect(out).toContain(`${record.id}  created, 0 of ${variants.length} networks`);
  expect(await refused('plain-vs-residual', '--depths', '21')).toContain('A depth is 6n + 2');
  expect(await refused('depth', '--groups', '2')).toContain("An experiment 'depth' takes no --groups.");
  expect(await refused('nothing')).toContain("There is no kind of experiment 'nothing'.");
  expect(await refused('depth', '-o', 'x.pdf')).toContain('expected a file that ends in .svg');
  expect(await refused('--resume', 'nobody')).toContain("There is no experiment 'nobody'");
});
