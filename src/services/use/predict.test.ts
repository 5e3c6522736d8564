import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallArgument } from '../contract.ts';
import { buildTrainer, caller, failure, longRecipe, testingHost, tinyRecipe } from '../testing-host.node.ts';
import { tinyDocument } from '../tiny-document.ts';

let host: ReturnType<typeof testingHost>;
let run = '';
const document = tinyDocument();
const train = (recipe: Record<string, string | number>) =>
  host.handlers['training.start']({ document, recipe, engine: 'portable' }, caller);

beforeAll(async () => {
  await buildTrainer();
  host = testingHost();
  ({ run } = await train({ ...tinyRecipe, epochs: 1 }));
  await host.event('training.ended');
}, 120_000);
afterAll(() => host.close());

type Asked = CallArgument<'predict.run'>;
const ask = (picture: Asked['picture'], more: Partial<Asked> = {}) =>
  host.handlers['predict.run']({ run, picture, invert: false, map: null, ...more }, caller);
const encoded = async (image: Sharp) => ({ file: (await image.toBuffer()).toString('base64') });
const plain = (background: string, width = 20, height = 20) =>
  sharp({ create: { width, height, channels: 3, background } });
const bytesOf = (base64: string) => [...Buffer.from(base64, 'base64')];
/** A bright square on black. */
const drawn = () => {
  const data = Buffer.alloc(12 * 12);
  for (let y = 2; y < 6; y++) data.fill(255, y * 12 + 3, y * 12 + 7);
  return data;
};
const drawnPixels = { pixels: drawn().toString('base64'), height: 12, width: 12, channels: 1 } as const;

test('what it is, before anything is asked', async () => {
  expect(await host.handlers['predict.open']({ run }, caller)).toMatchObject({
    ...{ run, title: 'Tiny', shape: [12, 12, 1], data: 'mnist', step: 8 },
    classes: Array.from({ length: 10 }, (_, i) => `${i}`),
    map: { layer: 'conv2d', size: [6, 6] },
  });
});

test('pixels, and the same as a file of every kind: the same answers; Grad-CAM of the answer and of another class', async () => {
  const told = await ask(drawnPixels, { map: 'answer' });
  expect(told.step).toBe(8);
  expect(told.top.map((t) => t.probability)).toEqual(
    told.top.map((t) => t.probability).sort((a, b) => b - a),
  );
  expect(told.top.reduce((sum, t) => sum + t.probability, 0)).toBeCloseTo(1, 5);
  expect(bytesOf(told.picture.pixels)).toEqual([...drawn()]);
  expect(told).toMatchObject({
    brightBorder: false,
    notes: [],
    picture: { height: 12, width: 12, channels: 1 },
  });
  expect(told.saliency?.classIndex).toBe(told.top[0]?.index);
  const map = bytesOf(told.saliency?.bytes ?? '');
  expect(map).toHaveLength(144);
  expect(Math.max(...map)).toBe(told.saliency?.empty ? 0 : 255);
  const raw = sharp(drawn(), { raw: { width: 12, height: 12, channels: 1 } });
  const lossless = [
    raw.clone().png(),
    raw.clone().webp({ lossless: true }),
    raw.clone().tiff({ compression: 'lzw' }),
  ];
  for (const image of lossless) {
    const again = await ask(await encoded(image), { map: 'answer' });
    expect({ top: again.top, saliency: again.saliency }).toEqual({ top: told.top, saliency: told.saliency });
  }
  const other = (told.top[0]?.index ?? 0) === 3 ? 4 : 3;
  expect((await ask(drawnPixels, { map: other })).saliency?.classIndex).toBe(other);
  expect(await failure(ask(drawnPixels, { map: 10 }))).toMatchObject({ code: 'predict/class' });
});

test('on white it says so; inverted it is what was meant', async () => {
  const white = {
    ...drawnPixels,
    pixels: Buffer.from(drawn().map((v) => 255 - v)).toString('base64'),
  };
  const straight = await ask(white);
  expect(straight.brightBorder).toBe(true);
  const inverted = await ask(white, { invert: true });
  expect(inverted).toMatchObject({ brightBorder: false, top: (await ask(drawnPixels)).top });
});

test('an animation: its first picture; what is no picture, damaged or too large is said in words, and it goes on', async () => {
  const frames = await Promise.all(['red', 'blue'].map((colour) => plain(colour).png().toBuffer()));
  const animated = sharp(frames, { join: { animated: true } }).gif();
  expect((await ask(await encoded(animated))).notes).toEqual([
    'The file holds 2 pictures; the first was taken.',
  ]);
  const png = await plain('red').png().toBuffer();
  for (const [bytes, words] of [
    [Buffer.from('no picture'), 'cannot be read as a picture'],
    [png.subarray(0, png.length - 20), 'cannot be read as a picture'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'of kind svg'],
  ] as const)
    expect(await failure(ask({ file: bytes.toString('base64') }))).toMatchObject({
      code: 'picture/unreadable',
      message: expect.stringContaining(words),
    });
  expect(await failure(ask(await encoded(plain('red', 9000, 9000).png())))).toMatchObject({
    message: expect.stringContaining('pixel'),
  });
  expect(await failure(ask({ ...drawnPixels, width: 13 }))).toMatchObject({ code: 'picture/pixels' });
  expect((await ask(drawnPixels)).top).toHaveLength(10);
});

test('while another run trains; and of that run once it has stored weights, newer ones as they come', async () => {
  const { run: training } = await train({ ...longRecipe, ...{ limit: 64, checkpointEvery: 4 } });
  const before = host.processes.length;
  expect((await ask(drawnPixels)).top).toHaveLength(10);
  const event = (epochs: number) =>
    host.event(
      'training.metrics',
      (told) => told.run === training && told.metrics.some((m) => m.epoch >= epochs),
    );
  await event(2);
  const first = await ask(drawnPixels, { run: training });
  await event(40);
  const later = await ask(drawnPixels, { run: training });
  expect(host.processes.length).toBe(before + 1);
  expect(later.storedAt).not.toBe(first.storedAt);
  expect(later.top.map((t) => t.probability)).not.toEqual(first.top.map((t) => t.probability));
  await host.handlers['training.control']({ run: training, action: 'cancel' }, caller);
  await host.event('training.ended', (end) => end.run === training);
});

test('a run without weights, and one that is none', async () => {
  const { run: fresh } = await train(longRecipe);
  expect(await failure(ask(drawnPixels, { run: fresh }))).toMatchObject({
    code: 'runs/no-weights',
    hint: expect.stringContaining('after each epoch'),
  });
  await host.handlers['training.control']({ run: fresh, action: 'cancel' }, caller);
  await host.event('training.ended', (end) => end.run === fresh);
  expect(await failure((async () => ask(drawnPixels, { run: '../x' }))())).toMatchObject({
    code: 'runs/unknown',
  });
});

test('let go when it is closed, and asked again it is there again', async () => {
  await ask(drawnPixels);
  await host.handlers['predict.close']({ run }, caller);
  expect((await ask(drawnPixels)).top).toHaveLength(10);
});
