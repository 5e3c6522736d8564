import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { loadDatasetCached } from '../data/cache.node.ts';
import { asBytes } from '../data/dataset.ts';
import { findDataset } from '../data/index.node.ts';
import { createPipeline } from '../data/pipeline.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { trainingPictures } from './pictures.ts';
import { caller, failure, testingHost, tinyRecipe } from './testing-host.node.ts';

let host: ReturnType<typeof testingHost>;
const open = () => {
  host = testingHost();
  return host;
};
afterEach(() => host.close());

test('a preview shows the pictures of the first steps, as the network will see them', async () => {
  const { handlers } = open();
  const recipe = completeRecipe(tinyRecipe);
  const { dataset } = await loadDatasetCached(findDataset('mnist'));
  const { pictures } = trainingPictures(dataset, recipe);
  const { mean, std } = dataset;
  const batch = createPipeline({
    ...{
      set: asBytes(pictures),
      batchSize: 32,
      shape: [12, 12, 3],
      mean,
      std,
      seed: recipe.seed,
      shuffle: true,
    },
  }).batchAt(0, 1);
  const shown = await handlers['data.preview'](
    { recipe: tinyRecipe, shape: [12, 12, 3], from: 32, count: 5 },
    caller,
  );
  expect(shown).toMatchObject({ count: 5, height: 12, width: 12, channels: 3, total: 256 });
  expect(shown.labels).toEqual([...batch.labels.slice(0, 5)]);
  const bytes = [...Buffer.from(shown.pixels, 'base64')];
  expect(bytes).toHaveLength(5 * 12 * 12 * 3);
  bytes.forEach((byte, i) => {
    expect(
      Math.abs(byte / 255 - ((batch.images[i] ?? Number.NaN) * (std[0] ?? 0) + (mean[0] ?? 0))),
    ).toBeLessThan(0.5 / 255 + 1e-6);
  });
  const end = { recipe: tinyRecipe, shape: [12, 12, 1] as [number, number, number], count: 64 };
  // Large pictures come fewer at a time.
  expect(await handlers['data.preview']({ ...end, shape: [1024, 1024, 3], from: 0 }, caller)).toMatchObject({
    count: 5,
  });
  expect(await handlers['data.preview']({ ...end, from: 250 }, caller)).toMatchObject({ count: 6 });
  expect(await handlers['data.preview']({ ...end, from: 900 }, caller)).toMatchObject({
    count: 0,
    labels: [],
  });
  expect(await handlers['data.list']({}, caller)).toMatchObject([
    { id: 'mnist', folder: expect.any(String), fetchable: false, trainCount: 60_000 },
    { id: 'fashion-mnist', fetchable: true },
    { id: 'cifar-10', shape: [32, 32, 3], fetchable: true },
    { id: 'cifar-100', fetchable: true },
  ]);
  expect(await failure(handlers['data.fetch']({ id: 'mnist' }, caller))).toMatchObject({
    code: 'data/not-fetchable',
  });
});

test('a data set is fetched once at a time, with progress, and can be cancelled', async () => {
  const { handlers, event, of } = open();
  // Sends a part and waits.
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write(Buffer.alloc(10));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('STEMMA_FASHION_MNIST_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('STEMMA_DATA', host.options.stateHome);
  const id = 'fashion-mnist';
  const fetched = failure(handlers['data.fetch']({ id }, caller));
  expect(await event('data.progress')).toMatchObject({ id, received: 10, total: 1000, done: false });
  expect(await failure(handlers['data.fetch']({ id }, caller))).toMatchObject({ code: 'data/busy' });
  await handlers['data.cancelFetch']({ id }, caller);
  expect(await fetched).toMatchObject({ code: 'data/cancelled', hint: expect.stringContaining('goes on') });
  expect(of('data.progress').at(-1)).toMatchObject({
    done: true,
    error: expect.stringContaining('cancelled'),
  });
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
