import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRun } from '../../runs/store.node.ts';
import { buildTrainer, caller, failure, testingHost, tinyRecipe } from '../testing-host.node.ts';
import { tinyDocument } from '../tiny-document.ts';

let host: ReturnType<typeof testingHost>;
let run = '';
const judge = (data: string, split: 'train' | 'validation' | 'test' = 'test') =>
  host.handlers['runs.evaluate']({ run, data, split, engine: 'portable' }, caller);

beforeAll(async () => {
  await buildTrainer();
  host = testingHost();
  ({ run } = await host.handlers['training.start'](
    { document: tinyDocument(), recipe: { ...tinyRecipe, epochs: 1 }, engine: 'portable' },
    caller,
  ));
  await host.event('training.ended');
}, 120_000);
afterAll(() => host.close());

test('on the pictures that it was tested on at its end: the same result; it is kept with the run, once', async () => {
  const told = await judge('mnist');
  const { test: atEnd } = openRun(host.options.runsHome, run).note('evaluation') as {
    test: { confusion: number[][]; accuracy: number; loss: number };
  };
  expect(told).toMatchObject({
    ...{ data: 'mnist', split: 'test', step: 8, count: 10_000, leftOut: 0, by: 'name', engine: 'portable' },
    ...{ confusion: atEnd.confusion, accuracy: atEnd.accuracy },
  });
  expect(told?.loss).toBeCloseTo(atEnd.loss, 5);
  expect(host.of('runs.evaluating').at(-1)).toMatchObject({ run, data: 'mnist', total: 10_000 });
  const again = await judge('mnist');
  expect(await host.handlers['runs.evaluations']({ run }, caller)).toEqual([again]);
});

test('cancelled: nothing is stored; what is not here, or has no such part, is said', async () => {
  const asked = judge('mnist', 'train');
  await host.event('runs.evaluating', (told) => told.total === 60_000);
  expect(await failure(judge('mnist'))).toMatchObject({ code: 'evaluate/busy' });
  await host.handlers['runs.cancelEvaluate']({}, caller);
  expect(await asked).toBeNull();
  expect(await host.handlers['runs.evaluations']({ run }, caller)).toHaveLength(1);
  expect(await failure(judge('nothing'))).toMatchObject({ code: 'data/unknown' });
  expect(await failure(judge('mnist', 'validation'))).toMatchObject({ code: 'evaluate/split' });
});
