import { expect, test, vi } from 'vitest';
import { applyEdit } from '../../src/document/edits.ts';
import { emptyDocument, type StemmaDocument } from '../../src/document/model.ts';
import { lower } from '../../src/lower/index.ts';
import { presets } from '../../src/recipe/recipe.ts';
import type { DatasetInfo, EngineInfo } from '../../src/services/contract.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions, type TemplateOptions } from '../../src/templates/template.ts';

// The page's state reaches the host when it is loaded; nothing here speaks to one.
vi.mock('../bridge.ts', () => ({ bridge: { on: () => () => {} }, call: vi.fn() }));
vi.mock('../ui/toasts.tsx', () => ({ say: vi.fn(), sayError: vi.fn() }));
const { checksOf } = await import('./checks.ts');
const { inputOf, presetEdit, presetOf, recipeOf } = await import('./recipe.ts');

const mnist: DatasetInfo = {
  ...{
    id: 'mnist',
    title: 'MNIST',
    classes: [...'0123456789'],
    shape: [28, 28, 1],
    licence: '',
    homepage: '',
  },
  ...{ trainCount: 60_000, testCount: 10_000, validationCount: 0, folder: '/x', fetchable: false, hint: '' },
};
const fashion: DatasetInfo = {
  ...mnist,
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  folder: null,
  fetchable: true,
};
const datasets = [mnist, fashion];

const draw = (options: Partial<TemplateOptions> = {}) =>
  findTemplate('resnet18').build({ ...defaultOptions, ...options });
const portable: EngineInfo = {
  ...{ id: 'portable', title: 'Portable', available: true, device: 'CPU', reason: '', version: '1' },
  ...{ chosen: true, why: '', memoryLimitBytes: null, devices: [] },
};
const check = (document: StemmaDocument, memoryLimitBytes: number | null = 4e9) =>
  checksOf({
    ...{ lowered: lower(document), datasets },
    chosen: {
      engine: { ...portable, memoryLimitBytes },
      ...{ device: undefined, place: 'portable', where: 'CPU', why: '', roomBytes: memoryLimitBytes },
    },
    ...recipeOf(document, datasets),
  });
/** The drawing after the first fix of the first check. */
const mended = (document: StemmaDocument, limit?: number) => {
  const edit = check(document, limit)[0]?.fixes[0]?.edit(document);
  return edit ? applyEdit(document, edit).document : document;
};

test('a template can be trained at once, on pictures that are here', () => {
  expect(recipeOf(draw(), datasets).recipe).toMatchObject({ data: 'mnist', batch: 32, size: 96 });
  expect(check(draw())).toEqual([]);
});

test('an empty drawing says so', () => {
  expect(check(emptyDocument())[0]?.message).toContain('Nothing is drawn');
});

test('a head of other classes is mended at a click', () => {
  const document = draw({ classes: 7 });
  expect(check(document)[0]).toMatchObject({ message: expect.stringContaining('10 classes') });
  expect(check(mended(document))).toEqual([]);
});

test('data that is not here: fetch it, or use what is here', () => {
  const document = { ...draw(), recipe: { ...presets.quick, data: 'fashion-mnist' } };
  const [first] = check(document);
  expect(first).toMatchObject({ key: 'data', fetch: fashion, fixes: [{ title: 'Use MNIST' }] });
  expect(mended(document).recipe.data).toBe('mnist');
});

test('memory: the largest halved batch that fits', () => {
  const document = { ...draw(), recipe: { data: 'mnist', batch: 128 } };
  expect(check(document, 1e9)[0]?.key).toBe('memory');
  expect(check(mended(document, 1e9), 1e9)).toEqual([]);
});

test('channels that the pictures lack', () => {
  const document = { ...draw({ input: [32, 32, 4] }), recipe: { data: 'mnist' } };
  expect(check(document)[0]?.key).toBe('channels');
  expect(inputOf(mended(document))?.shape).toEqual([32, 32, 1]);
});

test('a recipe that cannot be read is told, and mended without losing the rest', () => {
  const document = { ...draw(), recipe: { data: 'mnist', batch: 'many', colour: 1, epochs: 3 } };
  expect(check(document).map((c) => c.key)).toEqual(['recipe/batch', 'recipe/colour']);
  const after = mended(document);
  expect(check(after)).toEqual([]);
  expect(after.recipe).toMatchObject({ epochs: 3, data: 'mnist', batch: 32 });
});

test('a preset sets the recipe and the size of the input in one edit', () => {
  const document = draw();
  const { document: after } = applyEdit(document, presetEdit(document, 'quick', datasets));
  expect(inputOf(after)?.shape).toEqual([32, 32, 1]);
  expect(presetOf(recipeOf(after, datasets).recipe)).toBe('quick');
  const { document: book } = applyEdit(after, presetEdit(after, 'book', datasets));
  expect(book.recipe).toMatchObject({ data: 'fashion-mnist', batch: 128, limit: 0, optimizer: 'sgd' });
  expect(presetOf({ ...recipeOf(book, datasets).recipe, epochs: 2 })).toBeUndefined();
});

test('an engine that was asked for and cannot run stands in the way', () => {
  const document = draw();
  const chosen = { engine: undefined, why: 'Engine tensorflow cannot run here: it is gone.' };
  const checks = checksOf({ lowered: lower(document), datasets, chosen, ...recipeOf(document, datasets) });
  expect(checks).toMatchObject([{ key: 'engine', message: expect.stringContaining('cannot run here') }]);
});
