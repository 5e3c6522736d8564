/** What is shipped, on the stand-in: our main, preload, services, page and trainer as they are built. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildAllIfStale } from '../scripts/build.mjs';
import { tinyRecipe } from '../src/services/testing-host.node.ts';
import { tinyDocument } from '../src/services/tiny-document.ts';
import { type StandIn, startStandIn } from './stand-in/index.ts';

const home = mkdtempSync(join(tmpdir(), 'stemma-whole-'));
let it: StandIn;
let window = 0;

beforeAll(async () => {
  await buildAllIfStale();
  const main = join(import.meta.dirname, '..', 'dist', 'electron', 'main.mjs');
  it = await startStandIn({ main, home, env: { STEMMA_HOME: join(home, 'stemma') } });
  window = (await it.windows())[0]?.id ?? 0;
}, 120_000);
afterAll(async () => {
  await it?.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 20 });
});

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 100 });
const call = (name: string, argument: unknown) =>
  it.evaluate(window, `stemma.call(${JSON.stringify(name)}, ${JSON.stringify(argument)})`);
const isThere = (selector: string) =>
  it.evaluate(window, `document.querySelector(${JSON.stringify(selector)}) !== null`);
const shown = async () => (await it.windows()).find(({ id }) => id === window);
const noted = async (what: string) => (await it.noted()).filter((one) => one.what === what);
const place = join(home, 'documents', 'mine.stemma');
const savedNodes = () => (JSON.parse(readFileSync(place, 'utf8')) as { nodes: unknown[] }).nodes.length;

test('the page runs under the policy, and its menu is the system’s', async () => {
  await eventually(async () => expect(await isThere('.react-flow__pane')).toBe(true));
  await eventually(async () => {
    const ids = (await it.menu()).flatMap(({ submenu = [] }) => submenu.map(({ id }) => id));
    expect(ids).toEqual(expect.arrayContaining(['file.save', 'edit.undo']));
  });
  expect((await it.log()).filter((line) => /^(error|exception|console\.error)/.test(line))).toEqual([]);
});

test('a drawing is made, saved by the menu at the place of the dialog, and recent from then on', async () => {
  await it.click(window, '[data-testid="welcome-resnet18"]');
  await eventually(async () => expect(await isThere('[data-testid="node-stage4"]')).toBe(true));
  await it.answerDialogs([{ filePath: place.replace('.stemma', '') }]);
  await it.clickMenu('file.save');
  await eventually(async () => expect(await shown()).toMatchObject({ file: place, edited: false }));
  expect(savedNodes()).toBe(8);
  expect((await noted('app.addRecentDocument')).at(-1)?.details).toEqual([place]);
});

test('a network is trained by the built trainer in a utility process', async () => {
  const argument = { document: tinyDocument(), recipe: tinyRecipe, engine: null };
  const { value } = (await call('training.start', argument)) as { value: { run: string } };
  await eventually(async () =>
    expect(await call('runs.list', {})).toMatchObject({
      value: [{ active: false, record: { id: value.run, state: 'finished' } }],
    }),
  );
  const [fork] = await noted('utilityProcess.fork');
  expect(fork?.details[0]).toMatch(/dist[\\/]trainer\.mjs$/);
  expect(existsSync(join(home, 'stemma', 'runs', value.run, 'weights.safetensors'))).toBe(true);
});

test('closing with unsaved changes asks; "Save" saves, closes and ends Stemma', async () => {
  await it.click(window, '[data-testid="node-stage2"]');
  await it.clickMenu('edit.delete');
  await eventually(async () => expect(await shown()).toMatchObject({ edited: true }));
  await it.answerDialogs([{ response: 0 }]);
  await it.closeWindow(window);
  expect(await it.exited).toBe(0);
  expect(savedNodes()).toBe(7);
  // Nothing but the notification of the training before.
  expect(it.said()).toBe('told "It is trained."\n');
});
