import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { isInside } from '../base/real-path.node.ts';
import { freePlace } from './export-place.node.ts';
import { buildTrainer, caller, failure, testingHost, tinyRecipe } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

beforeAll(buildTrainer);
let host: ReturnType<typeof testingHost>;
afterEach(() => host.close());
const document = tinyDocument('Größe: 12/12');
const drawing = { run: null, document, place: null, overwrite: false };

test('a finished run in every format: verified, noted with it, and never over another', async () => {
  host = testingHost();
  const { handlers, options } = host;
  const { run } = await handlers['training.start'](
    { document, recipe: { ...tinyRecipe, epochs: 1 }, engine: null },
    caller,
  );
  await host.event('training.ended');
  const formats = await handlers['exports.formats']({}, caller);
  expect(formats.map((f) => [f.id, f.folder, f.extension, f.needsWeights])).toEqual([
    ['tfjs', true, '', true],
    ['safetensors', false, 'safetensors', true],
    ['document', false, 'stemma', false],
  ]);
  const places: string[] = [];
  for (const { id } of formats) {
    const result = await handlers['exports.start']({ ...drawing, run, document: null, format: id }, caller);
    expect(result).toMatchObject({ format: id, agreement: 1, trained: id !== 'document' });
    expect(result.largestDifference).toBeLessThan(1e-4);
    places.push(result.place);
  }
  const folder = join(options.documentsFolder, 'exports');
  expect(places).toEqual([
    join(folder, 'Größe-12-12-tfjs'),
    join(folder, 'Größe-12-12-safetensors.safetensors'),
    join(folder, 'Größe-12-12-document.stemma'),
  ]);
  expect(readFileSync(places[2] ?? '', 'utf8')).toBe(document);
  const { exports } = await handlers['runs.open']({ run }, caller);
  expect(exports.map((e) => e.place)).toEqual(places);
  const again = await handlers['exports.start'](
    { ...drawing, run, document: null, format: 'document' },
    caller,
  );
  expect(again.place).toBe(join(folder, 'Größe-12-12-document-2.stemma'));
});

test('a drawing alone: fresh weights, and nothing is written where it may not be', async () => {
  host = testingHost();
  const { handlers, options } = host;
  const start = (more: object) =>
    handlers['exports.start']({ ...drawing, format: 'safetensors', ...more }, caller);
  const place = join(options.documentsFolder, 'mine.safetensors');
  expect(await start({ place })).toMatchObject({ place, trained: false });
  expect(await failure(start({ place }))).toMatchObject({ code: 'export/exists' });
  expect(await start({ place, overwrite: true })).toMatchObject({ place });
  const outside = join(options.stateHome, 'x.safetensors');
  mkdirSync(options.stateHome, { recursive: true });
  symlinkSync(options.stateHome, join(options.documentsFolder, 'link'));
  for (const bad of [
    ...[outside, join(options.documentsFolder, '..', 'x.safetensors'), 'relative.safetensors'],
    ...[options.documentsFolder, join(options.documentsFolder, 'link', 'x.safetensors')],
  ])
    expect(await failure(start({ place: bad }))).toMatchObject({ code: 'export/place' });
  expect(existsSync(outside)).toBe(false);
  expect(await failure(start({ format: 'word' }))).toMatchObject({ code: 'export/unknown' });
  expect(await failure(start({ document: '{}', format: 'document' }))).toMatchObject({
    code: expect.stringMatching(/^document\//),
  });
  expect(await failure(start({ run: 'x' }))).toMatchObject({ code: 'export/source' });
  expect(await failure(start({ document: null }))).toMatchObject({ code: 'export/source' });
  expect(
    await failure(handlers['exports.choosePlace']({ suggested: 'a', folder: false }, caller)),
  ).toMatchObject({ code: 'host/no-dialogs' });
});

test('a place that the person chose, or that was granted, is written to', async () => {
  let chosen: string | null = null;
  const ui = { choosePlace: async () => chosen } as unknown as NonNullable<
    Parameters<typeof testingHost>[0]
  >['ui'] &
    object;
  host = testingHost({ ui });
  const { handlers, options } = host;
  const ask = () => handlers['exports.choosePlace']({ suggested: 'a', folder: false }, caller);
  expect(await ask()).toBeNull();
  chosen = join(options.stateHome, 'chosen.stemma');
  const start = () => handlers['exports.start']({ ...drawing, format: 'document', place: chosen }, caller);
  expect(await failure(start())).toMatchObject({ code: 'export/place' });
  expect(await ask()).toEqual({ place: chosen });
  expect(await start()).toMatchObject({ place: chosen });
});

test('places: inside is inside, names are what a file system takes', () => {
  host = testingHost();
  const folder = host.options.documentsFolder;
  mkdirSync(folder, { recursive: true });
  expect(isInside(folder, join(folder, 'a', 'b'))).toBe(true);
  expect(isInside(folder, join(folder, '..a'))).toBe(true);
  expect(isInside(folder, `${folder}-other`)).toBe(false);
  const format = { id: 'x', title: '', folder: false, extension: 'e', needsWeights: true };
  expect(freePlace(folder, '../../etc', format)).toBe(join(folder, 'etc-x.e'));
  expect(freePlace(folder, '***', format)).toBe(join(folder, 'network-x.e'));
  writeFileSync(join(folder, 'a-x.e'), '');
  expect(freePlace(folder, 'a', format)).toBe(join(folder, 'a-x-2.e'));
});
