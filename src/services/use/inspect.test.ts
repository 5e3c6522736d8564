import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTrainer, caller, failure, testingHost, tinyRecipe } from '../testing-host.node.ts';
import { tinyDocument } from '../tiny-document.ts';

let host: ReturnType<typeof testingHost>;
let run = '';

beforeAll(async () => {
  await buildTrainer();
  host = testingHost();
  const start = host.handlers['training.start'];
  ({ run } = await start(
    { document: tinyDocument(), recipe: { ...tinyRecipe, epochs: 1 }, engine: 'portable' },
    caller,
  ));
  await host.event('training.ended');
}, 120_000);
afterAll(() => host.close());

const bytesOf = (base64: string) => [...Buffer.from(base64, 'base64')];
const maps = (path: string, picture = 0) => host.handlers['inspect.maps']({ run, path, picture }, caller);

test('maps of a layer for a sample picture, each over its whole range', async () => {
  const seen = await maps('conv2d');
  expect(seen).toMatchObject({
    path: 'conv2d',
    step: 8,
    count: 4,
    total: 4,
    height: 6,
    width: 6,
    channels: 1,
  });
  const bytes = bytesOf(seen.pixels);
  expect(bytes).toHaveLength(4 * 36);
  for (let map = 0; map < 4; map++) {
    const part = bytes.slice(map * 36, (map + 1) * 36);
    expect([Math.min(...part), Math.max(...part)]).toEqual([0, 255]);
  }
  expect(bytesOf(seen.picture.pixels)).toHaveLength(144);
  const other = await maps('conv2d', 7);
  expect(other.picture.pixels).not.toBe(seen.picture.pixels);
  expect(other.pixels).not.toBe(seen.pixels);
});

test('a vector is a row of single pixels', async () => {
  expect(await maps('dense')).toMatchObject({ count: 10, height: 1, width: 1 });
});

test('filters of a convolution', async () => {
  const seen = await host.handlers['inspect.filters']({ run, path: 'conv2d' }, caller);
  expect(seen).toMatchObject({ count: 4, total: 4, height: 3, width: 3, channels: 1, lengths: false });
  expect(bytesOf(seen.pixels)).toHaveLength(36);
});

test('what is not there is told', async () => {
  expect(await failure(maps('nothing'))).toMatchObject({ code: 'inspect/layer' });
  expect(await failure(maps('conv2d', 999))).toMatchObject({ code: 'inspect/picture' });
  const filters = host.handlers['inspect.filters']({ run, path: 'dense' }, caller);
  expect(await failure(filters)).toMatchObject({ code: 'inspect/filters' });
});
