import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocument, writeDocument } from '../../document/file.ts';
import { openRun } from '../../runs/store.node.ts';
import type { CallArgument } from '../contract.ts';
import { isKnownType } from '../documents.node.ts';
import { buildTrainer, caller, failure, testingHost, tinyRecipe } from '../testing-host.node.ts';
import { tinyDocument } from '../tiny-document.ts';

let host: ReturnType<typeof testingHost>;
let parent = '';
const document = tinyDocument();
const recipe = { ...tinyRecipe, limit: 64, epochs: 1, validation: 0, learningRate: 0 };

type Start = CallArgument<'training.start'>;
async function train(more: Partial<Start> = {}): Promise<string> {
  const { run } = await host.handlers['training.start'](
    { document, recipe, engine: 'portable', ...more },
    caller,
  );
  const end = await host.event('training.ended', (told) => told.run === run);
  expect(end).toMatchObject({ state: 'finished' });
  return run;
}

/** Where nothing is learned, what a run ends with is what it began with. */
const weightsOf = async (run: string) => openRun(host.options.runsHome, run).weights();
const warningsOf = (run: string) => host.of('training.state').findLast((s) => s.run === run)?.warnings;

beforeAll(async () => {
  await buildTrainer();
  host = testingHost();
  parent = await train({ recipe: { ...recipe, learningRate: 0.1 } });
}, 120_000);
afterAll(() => host.close());

test('the same drawing and classes: all weights, told before and after, with the run that they come from', async () => {
  const classes = Array.from({ length: 10 }, (_, i) => `${i}`);
  const words = `4 of its 4 weights come from run ${parent}, after step 2.`;
  expect(
    await host.handlers['training.match']({ document, from: { run: parent }, classes }, caller),
  ).toMatchObject({ run: parent, title: 'Tiny', step: 2, misfits: [], missing: [], replaced: [], words });
  const run = await train({ from: { run: parent } });
  expect(await weightsOf(run)).toEqual(await weightsOf(parent));
  expect(openRun(host.options.runsHome, run).record).toMatchObject({
    parent,
    environment: { from: { run: parent, step: 2, taken: 4, fresh: 0 } },
  });
  expect(warningsOf(run)).toContain(words);
});

test('of a checkpoint; and a run that goes on before its first epoch is done begins where it began', async () => {
  const run = await train({ from: { run: parent, checkpoint: 'last' } });
  const { meta, state } = await openRun(host.options.runsHome, run).checkpoint('last-1');
  expect(meta.step).toBe(0);
  expect(state.weights).toEqual(await weightsOf(parent));
  expect(await failure(train({ from: { run: parent, checkpoint: 'step-9' } }))).toMatchObject({
    code: 'runs/no-checkpoint',
  });
});

test('other classes: the head begins fresh; what does not fit is named', async () => {
  const other = await host.handlers['training.match'](
    { document, from: { run: parent }, classes: [...'abcdefghij'] },
    caller,
  );
  expect(other).toMatchObject({
    replaced: ['dense/kernel', 'dense/bias'],
    taken: ['conv2d/kernel', 'conv2d/bias'],
  });
  const drawing = readDocument(document, 'tiny', isKnownType);
  const wider = writeDocument({
    ...drawing,
    nodes: drawing.nodes.map((n) =>
      n.type === 'conv2d' ? { ...n, params: { ...n.params, filters: 6 } } : n,
    ),
  });
  const match = await host.handlers['training.match'](
    { document: wider, from: { run: parent }, classes: [] },
    caller,
  );
  expect(match.misfits).toContainEqual({
    path: 'conv2d/kernel',
    expected: [3, 3, 1, 6],
    received: [3, 3, 1, 4],
  });
  const renamed = writeDocument({
    ...drawing,
    nodes: drawing.nodes.map((n) => ({ ...n, name: `my-${n.name}` })),
  });
  expect(await failure(train({ document: renamed, from: { run: parent } }))).toMatchObject({
    code: 'weights/no-match',
  });
  expect(await failure(train({ from: { run: join('..', parent) } }))).toMatchObject({ code: 'runs/unknown' });
});
