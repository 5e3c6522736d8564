/** Windows that come and go, files from outside, trainers, and the ways to an end; each test has its own process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type StandIn, type StartOptions, startStandIn } from './stand-in/index.ts';
import { buildHost, readyWindow } from './testing/built.ts';

const home = mkdtempSync(join(tmpdir(), 'stemma-life-'));
let host: Awaited<ReturnType<typeof buildHost>>;
let it: StandIn;

beforeAll(async () => {
  host = await buildHost();
}, 60_000);
afterEach(() => it.close());
afterAll(() => {
  host.remove();
  rmSync(home, { recursive: true, force: true });
});

async function start(options: Partial<StartOptions> = {}): Promise<number> {
  it = await startStandIn({ main: host.main, ...options });
  return readyWindow(it);
}
const call = (window: number, name: string, argument: unknown) =>
  it.evaluate(window, `stemma.call(${JSON.stringify(name)}, ${JSON.stringify(argument)})`);
const heard = (window: number) => it.evaluate(window, 'heard');
const dialogs = async () => (await it.noted()).filter(({ what }) => what === 'dialog.showMessageBox');
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const edited = { title: 'My net', dirty: true, place: '/d/my.stemma' };

test('the window shows its drawing; unsaved changes are asked about: cancel, then save', async () => {
  const window = await start();
  await call(window, 'window.state', edited);
  const mark = process.platform === 'darwin' ? '' : '• ';
  expect(await it.windows()).toMatchObject([
    { title: `${mark}My net – Stemma`, edited: true, file: '/d/my.stemma' },
  ]);
  await it.closeWindow(window);
  await it.closeWindow(window);
  const asked = await dialogs();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.details[0]).toMatchObject({
    message: 'Save the changes to “My net” before its window closes?',
    buttons: ['Save', "Don't save", 'Cancel'],
    cancelId: 2,
  });
  await it.answerDialogs([{ response: 2 }]);
  expect(await it.windows()).toHaveLength(1);
  expect(await heard(window)).toEqual([]);
  await it.answerDialogs([{ response: 0 }]);
  // The page saves and closes; the last window ends Stemma.
  await it.closeWindow(window).catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toContain('gone window-1\n');
});

test('"Don\'t save" closes, and the services are told', async () => {
  const window = await start();
  await call(window, 'window.state', edited);
  await it.answerDialogs([{ response: 1 }]);
  await it.closeWindow(window).catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toContain('gone window-1, thrown away\n');
});

test('a saved window closes without a question', async () => {
  const window = await start();
  await call(window, 'window.state', edited);
  await call(window, 'window.state', { ...edited, dirty: false });
  await it.closeWindow(window).catch(() => {});
  expect(await it.exited).toBe(0);
});

test('several windows: quitting asks in each that has changes, and cancelling keeps the rest', async () => {
  const first = await start();
  await call(first, 'window.open', { place: null });
  const second = await readyWindow(it, 2);
  await call(second, 'window.state', edited);
  await it.quit();
  await eventually(async () => expect(await dialogs()).toHaveLength(1));
  await it.answerDialogs([{ response: 2 }]);
  await eventually(async () => expect((await it.windows()).map(({ id }) => id)).toEqual([second]));
  expect(it.said()).not.toContain('disposed');
  await it.answerDialogs([{ response: 0 }]);
  await it.quit().catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toContain('disposed of 0 trainers');
});

test('a save that was cancelled ends the quitting: closing another window later asks nothing', async () => {
  const first = await start();
  await call(first, 'window.state', edited);
  await it.evaluate(first, 'window.stays = true');
  await it.answerDialogs([{ response: 0 }, { filePath: '' }]);
  await it.quit();
  await eventually(async () => expect(await heard(first)).toEqual([['window.saveAndClose', {}]]));
  expect(await call(first, 'documents.chooseSave', { suggested: 'x' })).toEqual({ ok: true, value: null });
  await call(first, 'window.open', { place: null });
  await it.closeWindow(await readyWindow(it, 2));
  expect(await it.windows()).toMatchObject([{ id: first }]);
  expect(await dialogs()).toHaveLength(1);
});

test('a start that fails is told, and ends', async () => {
  it = await startStandIn({ main: host.main, env: { STEMMA_TEST_FAILS: 'The folder cannot be read.' } });
  expect(await it.exited).toBe(1);
  expect(it.said()).toContain('Stemma could not start: The folder cannot be read.');
});

test('the menu follows the window that is worked in', async () => {
  const first = await start();
  await call(first, 'window.menu', [{ title: 'One', items: [{ id: 'one', title: 'One', enabled: true }] }]);
  await call(first, 'window.open', { place: null });
  const second = await readyWindow(it, 2);
  await eventually(async () => expect((await it.windows())[1]?.shown).toBe(true));
  const titles = async () => (await it.menu()).map(({ label }) => label);
  expect(await titles()).not.toContain('One');
  await call(second, 'window.menu', [{ title: 'Two', items: [{ id: 'two', title: 'Two', enabled: true }] }]);
  expect(await titles()).toContain('Two');
  await it.focusWindow(first);
  expect(await titles()).toContain('One');
  await it.clickMenu('one');
  await eventually(async () => expect(await heard(first)).toEqual([['menu.command', { id: 'one' }]]));
  expect(await heard(second)).toEqual([]);
});

test('files named on the command line, by the system and by a second start', async () => {
  const window = await start({ args: ['--flag=x.stemma', '/d/a.stemma', 'other.txt'] });
  const open = async (id: number) => ((await call(id, 'app.info', {})) as { value: unknown }).value;
  expect(await open(window)).toMatchObject({ open: '/d/a.stemma' });
  expect(await it.windows()).toHaveLength(1);

  expect(await it.emitApp('open-file', ['/d/b.stemma'])).toBe(true);
  const second = await readyWindow(it, 2);
  expect(await open(second)).toMatchObject({ open: '/d/b.stemma' });

  await it.emitApp('second-instance', [['stemma', '--x', 'c.stemma'], '/e']);
  const third = await readyWindow(it, 3);
  expect(await open(third)).toMatchObject({ open: '/e/c.stemma' });

  // Already open: no further window.
  await call(window, 'window.state', { title: 'a', dirty: true, place: '/d/a.stemma' });
  await it.emitApp('open-file', ['/d/a.stemma']);
  expect(await it.windows()).toHaveLength(3);
  // Nothing in it yet: this window takes the file.
  await call(second, 'window.state', { title: 'Untitled', dirty: false, place: null });
  await it.emitApp('open-file', ['/d/d.stemma']);
  await eventually(async () =>
    expect(await heard(second)).toEqual([['documents.openRequest', { place: '/d/d.stemma' }]]),
  );
  // It has not said yet what became of that, so the next one does not take its place.
  await it.emitApp('open-file', ['/d/e.stemma']);
  expect(await open(await readyWindow(it, 4))).toMatchObject({ open: '/d/e.stemma' });
  expect(await heard(second)).toHaveLength(1);
  // A bare second start brings the window up that is there.
  await it.emitApp('second-instance', [['stemma'], '/e']);
  expect(await it.windows()).toHaveLength(4);
  const granted = (await call(window, 'documents.list', {})) as { value: { documents: { place: string }[] } };
  expect(granted.value.documents.map(({ place }) => place)).toEqual([
    '/d/a.stemma',
    '/d/b.stemma',
    '/e/c.stemma',
    '/d/a.stemma',
    '/d/d.stemma',
    '/d/e.stemma',
  ]);
});

test('a second instance ends at once, without a window', async () => {
  it = await startStandIn({ main: host.main, lock: false });
  expect(await it.exited).toBe(0);
});

test('a window opens as large as the last one was, and a torn file does no harm', async () => {
  const { writeFileSync, readFileSync, mkdirSync } = await import('node:fs');
  const file = join(home, 'userData', 'window.json');
  mkdirSync(join(home, 'userData'));
  writeFileSync(file, '{"width":1234,"height":70000,"maximized":false}');
  const window = await start({ home });
  // The stand-in's screen has 1600 × 1000 points.
  expect(await it.windows()).toMatchObject([{ width: 1234, height: 1000 }]);
  writeFileSync(file, '{"width":');
  await call(window, 'window.open', { place: null });
  await readyWindow(it, 2);
  expect((await it.windows())[1]).toMatchObject({ width: 1440, height: 900 });
  await it.closeWindow(window);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ width: 1234, height: 1000, maximized: false });
});

test('a trainer in a utility process: messages both ways, and its last words where it dies', async () => {
  const window = await start();
  await call(window, 'training.start', { document: '', recipe: {}, engine: null });
  const told = async () => ((await heard(window)) as [string, { id: string }][]).map(([, { id }]) => id);
  await eventually(async () =>
    expect(await told()).toEqual([
      'said {"type":"hello","node":"undefined"}',
      'said {"type":"heard","data":{"type":"start"}}',
    ]),
  );
  await call(window, 'training.control', { run: 'r1', action: 'pause' });
  await eventually(async () => expect((await told()).at(-1)).toBe('ended 3: out of wits\n'));
  const forks = (await it.noted()).filter(({ what }) => what === 'utilityProcess.fork');
  expect(forks).toHaveLength(1);
});

test('a cancelled trainer is ended at once', async () => {
  const window = await start();
  await call(window, 'training.start', { document: '', recipe: {}, engine: null });
  await eventually(async () => expect(await heard(window)).toHaveLength(2));
  await call(window, 'training.control', { run: 'r1', action: 'cancel' });
  await eventually(async () => expect(JSON.stringify(await heard(window))).toContain('ended 1'));
});

test('quitting while a network is trained asks; then the trainer ends before Stemma does', async () => {
  const window = await start();
  await call(window, 'training.start', { document: '', recipe: {}, engine: null });
  await eventually(async () => expect(await heard(window)).toHaveLength(2));
  await it.quit();
  expect((await dialogs())[0]?.details[0]).toMatchObject({
    message: 'A network is being trained. Stop it and quit?',
    buttons: ['Stop and quit', 'Keep training'],
  });
  await it.answerDialogs([{ response: 1 }]);
  expect(await it.windows()).toHaveLength(1);
  expect(it.said()).not.toContain('disposed');
  await it.answerDialogs([{ response: 0 }]);
  await it.quit().catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toMatch(/gone window-1\ndisposed of 1 trainers within 30000 ms\nleft: 0/);
});

const trained = async (window: number) => {
  await call(window, 'training.start', { document: '', recipe: {}, engine: null });
  await eventually(async () => expect(await heard(window)).toHaveLength(2));
};

test('the last window closes while a network is trained: cancelled, it stays; then training goes on without one', async () => {
  const window = await start();
  await trained(window);
  await it.closeWindow(window);
  await eventually(async () => expect(await dialogs()).toHaveLength(1));
  expect((await dialogs())[0]?.details[0]).toMatchObject({
    message: 'A network is being trained. Go on without a window?',
    buttons: ['Go on training in the background', 'Stop and keep', 'Cancel'],
  });
  await it.answerDialogs([{ response: 2 }]);
  expect(await it.windows()).toHaveLength(1);
  await it.answerDialogs([{ response: 0 }]);
  await it.closeWindow(window).catch(() => {});
  await eventually(async () => expect(await it.windows()).toHaveLength(0));
  expect(it.said()).not.toContain('disposed');
  // Started again, it shows a window; without a training it closes as ever.
  await it.emitApp('second-instance', [['stemma'], '/e']);
  const again = await readyWindow(it);
  await call(again, 'training.control', { run: 'r1', action: 'stop' });
  await eventually(async () => expect(JSON.stringify(await heard(again))).toContain('ended 0'));
  await it.closeWindow(again).catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toContain('disposed of 0 trainers');
});

test('in the background, the end of the training is told and is the end of Stemma', async () => {
  const window = await start({ env: { STEMMA_TEST_ENDS: 'when its page is gone' } });
  await trained(window);
  await it.answerDialogs([{ response: 0 }]);
  await it.closeWindow(window).catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toContain('told "It is trained."');
  expect(it.said()).toContain('disposed of 0 trainers');
});

test('the last window closes: "Stop and keep" ends the trainer, then Stemma', async () => {
  const window = await start();
  await trained(window);
  await it.answerDialogs([{ response: 1 }]);
  await it.closeWindow(window).catch(() => {});
  expect(await it.exited).toBe(0);
  expect(it.said()).toMatch(/disposed of 1 trainers within 30000 ms\nleft: 0/);
});

test('the end of a training is a notification that leads back to the window', async () => {
  const window = await start();
  await trained(window);
  await call(window, 'training.control', { run: 'r1', action: 'stop' });
  const notifications = async () => (await it.noted()).filter(({ what }) => what === 'notification');
  await eventually(async () => expect(await notifications()).toHaveLength(1));
  expect((await notifications())[0]?.details[0]).toEqual({ title: 'My net', body: 'It is trained.' });
  const bars = (await it.noted()).filter(({ what }) => what === 'window.setProgressBar');
  expect(bars.map(({ details }) => details[0])).toEqual([0.25, -1]);
  await it.clickNotification();
  expect(await it.windows()).toHaveLength(1);
});

test('a page that crashes is told in words, and reloads', async () => {
  const window = await start();
  await call(window, 'window.state', edited);
  await it.answerDialogs([{ response: 0 }]);
  void it.cdp(window, 'Page.crash', {}).catch(() => {});
  await eventually(async () => expect(await dialogs()).toHaveLength(1));
  expect((await dialogs())[0]?.details[0]).toMatchObject({
    message: 'The page of “My net” is gone: it crashed.',
    buttons: ['Reload', 'Close the window'],
  });
  await readyWindow(it);
});

test('killed, the host takes Chromium along', async () => {
  await start();
  it.kill();
  expect(await it.exited).toBe(null);
});
