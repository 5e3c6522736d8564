/** The built main process, preload and a page, on the stand-in. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type StandIn, startStandIn } from './stand-in/index.ts';
import { buildHost, readyWindow } from './testing/built.ts';

let host: Awaited<ReturnType<typeof buildHost>>;
let it: StandIn;
let window = 0;

beforeAll(async () => {
  host = await buildHost();
  it = await startStandIn({ main: host.main });
  window = await readyWindow(it);
}, 60_000);
afterAll(async () => {
  await it?.close();
  host?.remove();
});

const call = (name: unknown, argument: unknown) =>
  it.evaluate(window, `stemma.call(${JSON.stringify(name)}, ${JSON.stringify(argument)})`);
const refused = { ok: false, error: { code: 'call/refused' } };

test('a page is confined: sandbox, its own context, no Node', async () => {
  const [open] = await it.windows();
  expect(open?.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('sandbox and scheme are settled before Electron is ready', async () => {
  const order = (await it.noted()).map(({ what }) => what);
  expect(order.indexOf('app.enableSandbox')).toBeGreaterThanOrEqual(0);
  expect(order.indexOf('app.enableSandbox')).toBeLessThan(order.indexOf('app.ready'));
  expect(order.indexOf('protocol.registerSchemesAsPrivileged')).toBeLessThan(order.indexOf('app.ready'));
});

test('a window is shown once its page is drawn', async () => {
  await vi.waitFor(async () => expect((await it.windows())[0]?.shown).toBe(true));
});

test.each([
  ['app://stemma/index.html', 200],
  ['app://stemma/', 200],
  ['app://stemma/../../package.json', 404],
  ['app://stemma/%2e%2e/%2e%2e/package.json', 404],
  ['app://stemma/..%2felectron/main.mjs', 404],
  ['app://stemma/a/..%2f..%2f..%2f..%2fpackage.json', 404],
  ['app://stemma//etc/passwd', 404],
  ['app://stemma/%00', 404],
  ['app://stemma/%ff', 404],
  ['app://other/index.html', 404],
  ['app://stemma.evil/index.html', 404],
])('%s answers %i, with the policy', async (url, status) => {
  const answer = await it.request(url);
  expect(answer.status).toBe(status);
  const policy = answer.headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

test('the policy holds in the page: no inline script, no frame', async () => {
  expect(await it.evaluate(window, 'window.inline')).toBeUndefined();
  const log = (await it.log()).join('\n');
  expect(log).toContain('inline script');
  expect(log).toMatch(/fram/i);
});

test('preload shows call and on, and nothing of Node or Electron', async () => {
  expect(await it.evaluate(window, 'Object.keys(stemma).sort()')).toEqual(['call', 'on']);
  expect(
    await it.evaluate(window, '[typeof require, typeof process, typeof module, typeof ipcRenderer]'),
  ).toEqual(Array(4).fill('undefined'));
});

test('a call goes through preload and main to the services and back', async () => {
  expect(await call('app.info', {})).toMatchObject({
    ok: true,
    value: { host: 'electron', documentsFolder: `${it.home}/documents/Stemma`, open: null },
  });
});

test.each([['no.such'], ['__proto__'], ['constructor'], ['toString'], [7], [null], [['app.info']]])(
  'a call named %j is refused',
  async (name) => {
    expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'call/unknown' } });
  },
);

test.each([
  ['app.info', null],
  ['app.info', { more: 1 }],
  ['window.state', { title: 1, dirty: false, place: null }],
  ['shell.openLink', { url: 'file:///etc/passwd' }],
  ['documents.open', { place: '' }],
])('%s with %j is refused', async (name, argument) => {
  expect(await call(name, argument)).toMatchObject({ ok: false, error: { code: 'call/argument' } });
});

test.each([
  ['another origin', { url: 'https://evil.example/', nested: false }],
  ['a host that begins as ours', { url: 'app://stemma.evil/index.html', nested: false }],
  ['a file', { url: 'file:///index.html', nested: false }],
  ['our address as a path', { url: 'https://evil.example/app://stemma/', nested: false }],
  ['no address', { url: '', nested: false }],
  ['a frame in our page', { url: 'app://stemma/index.html', nested: true }],
  ['a frame that is gone', null],
])('%s may not call', async (_name, frame) => {
  expect(await it.invokeFrom(window, frame, 'stemma:call', ['app.info', {}])).toMatchObject(refused);
});

test('navigation leads nowhere else', async () => {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    expect(await it.navigate(window, event, 'https://example.org/')).toBe(true);
    expect(await it.navigate(window, event, 'file:///etc/passwd')).toBe(true);
    expect(await it.navigate(window, event, 'app://stemma.evil/')).toBe(true);
    expect(await it.navigate(window, event, 'app://stemma/index.html')).toBe(false);
  }
  expect(await it.navigate(window, 'will-attach-webview', 'app://stemma/index.html')).toBe(true);
});

test('no page opens a window; https links go to the browser, others nowhere', async () => {
  for (const url of ['file:///etc/passwd', 'http://example.org/', 'javascript:alert(1)', 'nonsense'])
    expect(await it.openFrom(window, url)).toEqual({ action: 'deny' });
  const opened = async () => (await it.noted()).filter(({ what }) => what === 'shell.openExternal');
  expect(await opened()).toEqual([]);
  expect(await it.openFrom(window, 'https://example.org/a')).toEqual({ action: 'deny' });
  await call('shell.openLink', { url: 'https://example.org/b' });
  expect((await opened()).flatMap(({ details }) => details)).toEqual([
    'https://example.org/a',
    'https://example.org/b',
  ]);
});

test('permissions are denied, but for copying text from our page', async () => {
  const page = 'app://stemma/index.html';
  for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'hid'])
    expect(await it.permission(name, page)).toEqual({ request: false, check: false });
  expect(await it.permission('clipboard-sanitized-write', page)).toEqual({ request: true, check: true });
  const evil = 'https://evil.example/';
  expect(await it.permission('clipboard-sanitized-write', evil)).toEqual({ request: false, check: false });
});

test('events arrive by name; an unknown name is told; a listener ends', async () => {
  await expect(it.evaluate(window, `stemma.on('__proto__', () => {})`)).rejects.toThrow('no event');
  await expect(it.evaluate(window, `stemma.on('stemma:call', () => {})`)).rejects.toThrow('no event');
  await it.evaluate(
    window,
    `void (window.twice = 0, window.end = stemma.on('menu.command', () => twice++), stemma.on('menu.command', () => twice++))`,
  );
  const menu = [
    {
      title: 'File',
      items: [{ id: 'file.save', title: 'Save', shortcut: 'Mod+S', enabled: true }, { separator: true }],
    },
    {
      title: 'Edit',
      items: [
        { id: 'edit.delete', title: 'Delete', shortcut: 'Delete', enabled: true },
        { id: 'edit.off', title: 'Off', enabled: false, checked: true },
      ],
    },
  ];
  expect(await call('window.menu', menu)).toEqual({ ok: true, value: null });
  await it.clickMenu('file.save');
  await vi.waitFor(async () => expect(await it.evaluate(window, 'twice')).toBe(2));
  await it.evaluate(window, 'end()');
  await it.clickMenu('file.save');
  await vi.waitFor(async () => expect(await it.evaluate(window, 'twice')).toBe(3));
  expect(await it.evaluate(window, 'heard.at(-1)')).toEqual(['menu.command', { id: 'file.save' }]);
});

test('the menu is what the page describes, and the entries of the system', async () => {
  const menu = await it.menu();
  const titles = menu.map(({ label, role }) => label ?? role).filter((title) => title !== 'appMenu');
  expect(titles).toEqual(['File', 'Edit', 'View', 'windowMenu']);
  const items = menu.flatMap(({ submenu = [] }) => submenu);
  expect(items.find(({ id }) => id === 'file.save')).toMatchObject({
    label: 'Save',
    accelerator: 'CmdOrCtrl+S',
    registerAccelerator: false,
  });
  expect(items.find(({ id }) => id === 'edit.delete')).not.toHaveProperty('accelerator');
  expect(items.find(({ id }) => id === 'edit.off')).toMatchObject({
    enabled: false,
    type: 'checkbox',
    checked: true,
  });
  expect(items.map(({ role }) => role)).toContain('togglefullscreen');
  await expect(it.clickMenu('edit.off')).rejects.toThrow('no enabled entry');
});

test('dialogs answer with a place, with null where cancelled, and with our extension', async () => {
  await it.answerDialogs([
    { filePaths: ['/d/a.stemma'] },
    { filePaths: [] },
    { filePath: '/d/b' },
    { filePath: '' },
    { filePaths: ['/d/pictures'] },
    { filePaths: [] },
  ]);
  expect(await call('documents.chooseOpen', {})).toEqual({ ok: true, value: { place: '/d/a.stemma' } });
  expect(await call('documents.chooseOpen', {})).toEqual({ ok: true, value: null });
  expect(await call('documents.chooseSave', { suggested: 'x' })).toEqual({
    ok: true,
    value: { place: '/d/b.stemma' },
  });
  expect(await call('documents.chooseSave', { suggested: 'x' })).toEqual({ ok: true, value: null });
  expect(await call('data.chooseFolder', { csv: false })).toEqual({
    ok: true,
    value: { place: '/d/pictures' },
  });
  expect(await call('data.chooseFolder', { csv: true })).toEqual({ ok: true, value: null });
});

test('the mouse reaches the page', async () => {
  await it.click(window, '#hello');
  expect(await it.evaluate(window, 'document.title')).toBe('clicked');
});
