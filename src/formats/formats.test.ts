import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signed } from '../../scripts/reference/fill.ts';
import { toLayersModel } from '../compile/layers-model.ts';
import { Trainable } from '../compile/trainable.ts';
import { emptyDocument, type StemmaDocument } from '../document/model.ts';
import { portableOps, startPortable } from '../engines/portable/backend.node.ts';
import { networkOf } from '../lower/index.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { initialise } from '../weights/initialise.ts';
import { exportVerified } from './export.node.ts';
import type { About, Format, Samples } from './format.ts';
import { formats } from './index.node.ts';

beforeAll(startPortable);
const folder = mkdtempSync(join(tmpdir(), 'stemma-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

type Params = StemmaDocument['nodes'][number]['params'];
function chain(...steps: [type: string, params?: Params][]): StemmaDocument {
  const all: [string, Params?][] = [['input', { shape: [6, 6, 4] }], ...steps, ['output']];
  return {
    ...emptyDocument(),
    nodes: all.map(([type, params = {}], i) => ({ id: `n${i}`, type, name: `n${i}`, params, x: 0, y: 0 })),
    wires: all.slice(1).map((_, i) => ({
      from: { node: `n${i}`, port: 'out' },
      to: { node: `n${i + 1}`, port: 'in' },
    })),
  };
}

const COUNT = 3;
const about: About = {
  title: 'test',
  classes: ['a', 'b', 'c'],
  inputShape: [6, 6, 4],
  mean: [0.25],
  std: [2],
  pictures: 'bytes ÷ 255, resized bilinearly to the input, then (x − mean) ÷ std',
  output: 'logits, before softmax',
};
async function prepare(document: StemmaDocument) {
  const network = networkOf(document);
  const weights = initialise(network, 3);
  const model = new Trainable(network, weights, portableOps, completeRecipe({}));
  const images = signed('x', COUNT * 6 * 6 * 4);
  const samples: Samples = { images, count: COUNT, logits: await model.predict(images, COUNT) };
  model.dispose();
  return { network, weights, samples };
}
const small = () => prepare(chain(['conv2d', { filters: 4 }], ['head', { classes: 3 }]));

/** Every file below a folder with its bytes. */
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'latin1')]),
  );

test.each(formats)('$id: written, replaced, and nothing left beside it', async (format) => {
  const { network, weights, samples } = await small();
  const path = join(folder, 'new', 'export');
  await exportVerified(format, path, network, weights, samples, about);
  const first = contents(folder);
  const other = await prepare(chain(['conv2d', { filters: 8 }], ['head', { classes: 3 }]));
  const { verification } = await exportVerified(
    format,
    path,
    other.network,
    other.weights,
    other.samples,
    about,
  );
  expect(verification).toMatchObject({ agreement: 1, samples: COUNT });
  expect(Object.keys(contents(folder))).toEqual(Object.keys(first));
  expect(contents(folder)).not.toEqual(first);
});

test.each(formats)(
  '$id: what does not answer as it should is removed, and the older one stays',
  async (format) => {
    const { network, weights, samples } = await small();
    const path = join(folder, 'export');
    await exportVerified(format, path, network, weights, samples, about);
    const before = contents(folder);
    const wrong = { ...samples, logits: samples.logits.map((v) => v + 1) };
    await expect(exportVerified(format, path, network, weights, wrong, about)).rejects.toThrow(
      'answers differently',
    );
    expect(contents(folder)).toEqual(before);
    const unreadable: Format = { ...format, answer: () => Promise.reject(new Error('cannot be read back')) };
    await expect(exportVerified(unreadable, path, network, weights, samples, about)).rejects.toThrow(
      'read back',
    );
    expect(contents(folder)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['export']);
  },
);

test.each(formats)('$id: other things are not replaced', async (format) => {
  const { network, weights, samples } = await small();
  const path = join(folder, 'export');
  const write = () => exportVerified(format, path, network, weights, samples, about);
  if (format.files) {
    writeFileSync(path, 'mine');
    await expect(write()).rejects.toThrow(/export is a file; .* is a folder/);
    rmSync(path);
    mkdirSync(path);
    await write();
    writeFileSync(join(path, 'notes.txt'), 'mine');
    await expect(write()).rejects.toThrow('holds what is no part of an exported model: notes.txt');
    expect(readFileSync(join(path, 'notes.txt'), 'utf8')).toBe('mine');
  } else {
    mkdirSync(path);
    await expect(write()).rejects.toThrow(/export is a folder; .* is one file/);
  }
});

test.skipIf(process.platform === 'win32').each(formats)('$id: a link stays one', async (format) => {
  const { network, weights, samples } = await small();
  const path = join(folder, 'export');
  await exportVerified(format, path, network, weights, samples, about);
  symlinkSync(path, join(folder, 'link'));
  await exportVerified(format, join(folder, 'link'), network, weights, samples, about);
  expect(readdirSync(folder, { withFileTypes: true }).map((e) => [e.name, e.isSymbolicLink()])).toEqual([
    ['export', false],
    ['link', true],
  ]);
});

test('the notes of a tf.js model name every layer class that tf.js lacks, and only those that it uses', async () => {
  const grouped: [string, Params] = ['conv2d', { filters: 4, groups: 2 }];
  const padded: [string, Params] = ['zeroPadding', { padding: [1, 1, 1, 1], fill: 'lowest' }];
  const pool: [string, Params] = ['maxPool', { poolSize: 3, strides: 1, padding: 'valid' }];
  const notesOf = async (...steps: [string, Params][]) => {
    const { network, weights, samples } = await prepare(chain(...steps, ['head', { classes: 3 }]));
    const format = formats.find((f) => f.id === 'tfjs') as Format;
    const { notes } = await exportVerified(format, join(folder, 'model'), network, weights, samples, about);
    return notes.flatMap((note) => note.match(/Stemma\w+/g) ?? []);
  };
  expect(await notesOf()).toEqual([]);
  expect(await notesOf(grouped)).toEqual(['StemmaGroupedConv2D']);
  expect(await notesOf(padded, pool)).toEqual(['StemmaLowestPadding2D']);
  expect(await notesOf(grouped, padded, pool)).toEqual(['StemmaGroupedConv2D', 'StemmaLowestPadding2D']);
});

test.each(formats)('$id: flattening what is flat changes nothing', async (format) => {
  const flat = chain(['flatten'], ['flatten'], ['dense', { units: 3 }], ['flatten']);
  const { network, weights, samples } = await prepare(flat);
  expect(toLayersModel(network).outputs[0]?.shape).toEqual([null, 3]);
  const { verification } = await exportVerified(
    format,
    join(folder, 'flat'),
    network,
    weights,
    samples,
    about,
  );
  expect(verification.agreement).toBe(1);
});

test('another process with stock tf.js loads a model with our layers, and finds how to use it', async () => {
  const { network, weights, samples } = await prepare(
    chain(
      ['conv2d', { filters: 8, groups: 4, strides: 2, useBias: true }],
      ['zeroPadding', { padding: [1, 1, 1, 1], fill: 'lowest' }],
      ['maxPool', { poolSize: 3, strides: 1, padding: 'valid' }],
      ['head', { classes: 3 }],
    ),
  );
  const path = join(folder, 'model');
  const format = formats.find((f) => f.id === 'tfjs') as Format;
  await exportVerified(format, path, network, weights, samples, about);
  writeFileSync(join(folder, 'images.json'), JSON.stringify([...samples.images]));
  const packages = createRequire(import.meta.url).resolve('@tensorflow/tfjs');
  const program = `
    import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import { registerStemmaLayers } from './model/stemma-layers.mjs';
    const tf = createRequire(import.meta.url)(${JSON.stringify(packages)});
    registerStemmaLayers(tf);
    const { weightsManifest, ...rest } = JSON.parse(readFileSync('model/model.json', 'utf8'));
    const bytes = readFileSync('model/' + weightsManifest[0].paths[0]);
    const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const handler = tf.io.fromMemory({ ...rest, weightSpecs: weightsManifest[0].weights, weightData });
    const model = await tf.loadLayersModel(handler);
    const x = tf.tensor(JSON.parse(readFileSync('images.json', 'utf8')), [${COUNT}, 6, 6, 4]);
    const { stemma } = rest.userDefinedMetadata;
    console.log(JSON.stringify({ logits: [...model.predict(x).dataSync()], stemma }));`;
  writeFileSync(join(folder, 'elsewhere.mjs'), program);
  const out = execFileSync('node', ['elsewhere.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { logits, stemma } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as {
    logits: number[];
    stemma: About;
  };
  expect(stemma).toEqual(about);
  const scale = Math.max(...samples.logits.map(Math.abs));
  samples.logits.forEach((value, i) => {
    expect(Math.abs((logits[i] ?? Number.NaN) - value) / scale).toBeLessThan(1e-4);
  });
});
