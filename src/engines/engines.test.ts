import { afterEach, expect, test, vi } from 'vitest';
import { tf } from '../compile/tf.ts';
import { emptyDocument } from '../document/model.ts';
import { networkOf } from '../lower/index.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { Engine } from './engine.ts';
import { chooseEngine, engines } from './index.node.ts';
import { startPortable } from './portable/backend.node.ts';
import { tensorflowFound } from './tensorflow.node.ts';

/** No weights: what is asked is only who runs it. */
const network = networkOf({
  ...emptyDocument(),
  nodes: ['input', 'output'].map((type) => ({ id: type, type, name: type, params: {}, x: 0, y: 0 })),
  wires: [{ from: { node: 'input', port: 'out' }, to: { node: 'output', port: 'in' } }],
});

afterEach(() => vi.restoreAllMocks());

async function startedBackend(id: string): Promise<string> {
  const session = await engines.find((e) => e.id === id)?.open(network, new Map(), completeRecipe({}));
  session?.dispose();
  return tf.getBackend();
}

test('a start that failed can be tried again, and leaves WebAssembly as it was', async () => {
  const { instantiate } = WebAssembly;
  const broken = vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new Error('no SIMD'));
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  await expect(startPortable()).rejects.toThrow('The portable engine did not start');
  broken.mockRestore();
  await Promise.all([startPortable(), startPortable()]);
  expect(tf.getBackend()).toBe('wasm');
  expect(WebAssembly.instantiate).toBe(instantiate);
});

test('engines take turns', async () => {
  for (const [id, backend] of [
    ['portable', 'wasm'],
    ['cpu', 'cpu'],
    ['portable', 'wasm'],
    ['cpu', 'cpu'],
    ['portable', 'wasm'],
  ] as const)
    expect(await startedBackend(id)).toBe(backend);
  expect([...tf.add([1, 2], [3, 4]).dataSync()]).toEqual([4, 6]);
});

test('an engine that cannot even tell keeps no other from being chosen', async () => {
  const broken: Engine = {
    id: 'broken',
    title: 'Broken',
    rank: 9,
    availability: () => Promise.reject(new Error('its package is half there')),
    open: () => Promise.reject(new Error('never asked')),
  };
  const { engine } = await chooseEngine(undefined, [broken, ...engines]);
  expect(['tensorflow', 'webgpu', 'portable']).toContain(engine.id);
  await expect(chooseEngine('broken', [broken])).rejects.toThrow(
    'Engine broken cannot run here: its package is half there',
  );
  await expect(chooseEngine('brokem', [broken])).rejects.toThrow("There is no engine 'brokem'.");
});

test('TensorFlow says where it is, or why it cannot run', () => {
  const looked = [{ place: '/somewhere', why: 'It holds no library.' }];
  expect(tensorflowFound({ looked })).toMatchObject({
    found: false,
    why: expect.stringContaining('/somewhere: It holds no library.'),
  });
  const folder = '/engines/tensorflow';
  const library = { folder, cc: '', framework: '', version: '2.21.0', source: 'named', gpu: false } as const;
  expect(tensorflowFound({ library, looked })).toMatchObject({
    ...{ found: true, version: '2.21.0', build: 'cpu', folder },
  });
  const ours = { ...library, source: 'installed', gpu: true } as const;
  expect(tensorflowFound({ library: ours, looked })).toMatchObject({
    build: 'gpu',
    cudnn: expect.stringMatching(/^9\.\d/),
  });
});
