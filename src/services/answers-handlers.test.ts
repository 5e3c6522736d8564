import { afterEach, beforeAll, expect, test } from 'vitest';
import { loadDatasetCached } from '../data/cache.node.ts';
import { asBytes } from '../data/dataset.ts';
import { mnist } from '../data/mnist.node.ts';
import { buildTrainer, caller, testingHost, tinyRecipe } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

beforeAll(buildTrainer, 60_000);
let host: ReturnType<typeof testingHost>;
afterEach(() => host.close());

test('the pictures behind the figures of a run', async () => {
  host = testingHost();
  const { run } = await host.handlers['training.start'](
    { document: tinyDocument(), recipe: { ...tinyRecipe, validation: 0.5 }, engine: null },
    caller,
  );
  await host.event('training.ended');
  const ask = (more: object) =>
    host.handlers['runs.answers'](
      { run, set: 'validation', order: 'wrong', from: 0, count: 100, ...more },
      caller,
    );
  const report = host
    .of('training.evaluation')
    .filter((e) => e.report.set === 'validation')
    .at(-1)?.report;
  const wrong = await ask({});
  expect(wrong?.total).toBe(Math.round((report?.count ?? 0) * (1 - (report?.accuracy ?? 0))));
  expect(wrong?.pictures.every(({ answer }, i) => answer !== wrong.labels[i])).toBe(true);
  const row = report?.confusion.findIndex((cells) => cells.some((n) => n > 0)) ?? 0;
  const cell = report?.confusion[row]?.findIndex((n) => n > 0) ?? 0;
  const behind = await ask({ truth: row, answer: cell });
  expect([behind?.total, new Set(behind?.labels)]).toEqual([report?.confusion[row]?.[cell], new Set([row])]);
  const right = (await ask({ changed: 'right' }))?.total ?? 0;
  const lost = (await ask({ changed: 'wrong' }))?.total ?? 0;
  expect(wrong?.changes).toMatchObject({ right, wrong: lost, epoch: 0 });

  const unsure = await ask({ set: 'test', order: 'unsure', from: 3, count: 1 });
  const { dataset } = await loadDatasetCached(mnist);
  const place = unsure?.pictures[0]?.place ?? -1;
  expect(Buffer.from(unsure?.pixels ?? '', 'base64')).toEqual(
    Buffer.from(asBytes(dataset.test).images.subarray(place * 784, (place + 1) * 784)),
  );
  expect(unsure?.total).toBe(dataset.test.count);

  const opened = await host.handlers['runs.open']({ run }, caller);
  expect(opened.samples?.history?.[0]?.step).toBe(0);
}, 120_000);
