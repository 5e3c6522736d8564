import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildTrainer, caller, failure, testingHost } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

let home = '';
let host: ReturnType<typeof testingHost>;
beforeAll(buildTrainer, 120_000);
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'stemma-own-data-'));
  vi.stubEnv('STEMMA_HOME', join(home, 'stemma'));
  for (const [name, value] of [
    ['dark', 20],
    ['light', 220],
  ] as const) {
    mkdirSync(join(home, 'set', name), { recursive: true });
    for (let i = 0; i < 20; i++) {
      const bytes = new Uint8Array(20 * 16 * 3).fill(value + i);
      await sharp(bytes, { raw: { width: 20, height: 16, channels: 3 } }).toFile(
        join(home, 'set', name, `${i}.png`),
      );
    }
  }
  writeFileSync(join(home, 'set', 'dark', 'broken.png'), 'no picture');
  host = testingHost();
});
afterEach(async () => {
  await host.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const place = () => join(home, 'set');
const add = () =>
  host.handlers['data.add']({ place: place(), title: null, fit: 'crop', columns: null }, caller);

test('looked at, added with progress, listed, shown, trained on, removed', { timeout: 120_000 }, async () => {
  const { handlers, of } = host;
  expect(await handlers['data.look']({ place: place() }, caller)).toEqual({
    ...{ place: place(), title: 'set', csv: null },
  });
  const added = await add();
  expect(added).toMatchObject({
    ...{ id: 'own:set', shape: [16, 20, 3], counts: { train: 32, validation: 4, test: 4 } },
    classes: [
      { name: 'dark', count: 20 },
      { name: 'light', count: 20 },
    ],
    leftOut: { count: 1, named: [{ name: 'dark/broken.png', why: expect.any(String) }] },
  });
  expect(await handlers['data.own']({ id: 'own:set' }, caller)).toEqual(added);
  expect(of('data.adding').at(-1)).toMatchObject({ place: place(), over: true });
  expect(of('data.changed')).toHaveLength(1);
  expect((await handlers['data.list']({}, caller)).at(-1)).toMatchObject({
    ...{ id: 'own:set', folder: place(), fetchable: false, validationCount: 4 },
  });
  const recipe = { data: 'own:set', size: 8, batch: 8, epochs: 2, learningRate: 0.05 };
  const shown = await handlers['data.preview']({ recipe, shape: [8, 8, 3], from: 0, count: 64 }, caller);
  const pixels = Buffer.from(shown.pixels, 'base64');
  expect([shown.count, shown.total, pixels.length]).toEqual([32, 32, 32 * 8 * 8 * 3]);
  shown.labels.forEach((label, i) => {
    expect((pixels[i * 192] as number) > 128).toBe(label === 1);
  });

  const document = tinyDocument('Own', { input: [8, 8, 3], classes: 2 });
  const { run } = await handlers['training.start']({ document, recipe, engine: 'portable' }, caller);
  expect(await host.event('training.ended')).toMatchObject({ run, state: 'finished' });
  const opened = await handlers['runs.open']({ run }, caller);
  expect(opened.record.summary).toMatchObject({ steps: 8, testAccuracy: expect.any(Number) });
  expect(opened.samples).toMatchObject({ count: 4, height: 8, classes: ['dark', 'light'] });
  expect(of('training.evaluation').map(({ report }) => report.set)).toEqual([
    'validation',
    'validation',
    'test',
  ]);

  await handlers['data.remove']({ id: 'own:set' }, caller);
  expect(await failure(handlers['data.own']({ id: 'own:set' }, caller))).toMatchObject({
    code: 'data/unknown',
  });
  expect(await failure(handlers['data.remove']({ id: 'own:set' }, caller))).toMatchObject({
    code: 'data/unknown',
  });
});

test('one at a time, cancelled in words; places that are none are refused', { timeout: 60_000 }, async () => {
  const { handlers } = host;
  const adding = failure(add());
  expect(await failure(add())).toMatchObject({ code: 'data/busy' });
  await handlers['data.cancelAdd']({}, caller);
  expect(await adding).toMatchObject({ code: 'data/cancelled' });
  expect(await failure(handlers['data.look']({ place: 'relative' }, caller))).toMatchObject({
    code: 'data/folder',
  });
  expect(await failure(handlers['data.look']({ place: join(home, 'none') }, caller))).toMatchObject({
    code: 'data/folder',
  });
  expect(await failure(handlers['data.chooseFolder']({ csv: false }, caller))).toMatchObject({
    code: 'host/no-dialogs',
  });
});
