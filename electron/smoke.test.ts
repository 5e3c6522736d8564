/** The real Electron, where its program is: what no stand-in can show. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { electronProgram, hasDisplay } from '../scripts/start.mjs';
import { buildHost } from './testing/built.ts';

const program = electronProgram();
const reason =
  program === undefined
    ? "skipped: Electron's program is not here (ELECTRON_BINARY names one)"
    : hasDisplay()
      ? ''
      : 'skipped: there is no screen here';
const title = (what: string) => (reason ? `${what} (${reason})` : what);

let home = '';
let host: Awaited<ReturnType<typeof buildHost>> | undefined;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'stemma-smoke-'));
  host = await buildHost();
}, 60_000);
afterAll(() => {
  host?.remove();
  rmSync(home, { recursive: true, force: true });
});

const args = () => [
  host?.main ?? '',
  `--user-data-dir=${home}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

test.skipIf(reason)(title('the window opens on our own origin, calls and is confined'), async () => {
  const app = await _electron.launch({ executablePath: program ?? '', args: args() });
  try {
    const page = await app.firstWindow();
    await page.waitForFunction('window.ready');
    expect(await page.evaluate('location.origin')).toBe('app://stemma');
    expect(await page.evaluate('[typeof require, typeof process, window.inline]')).toEqual([
      'undefined',
      'undefined',
      undefined,
    ]);
    expect(await page.evaluate("stemma.call('app.info', {})")).toMatchObject({
      ok: true,
      value: { host: 'electron' },
    });
    expect(await page.evaluate("stemma.call('__proto__', {})")).toMatchObject({ ok: false });
    expect(await page.evaluate("fetch('/..%2felectron/main.mjs').then((a) => a.status)")).toBe(404);
    await page.evaluate("stemma.call('training.start', { document: '', recipe: {}, engine: null })");
    await page.waitForFunction("JSON.stringify(window.heard).includes('hello')");
    await page.evaluate("stemma.call('training.control', { run: 'r1', action: 'stop' })");
    await page.waitForFunction("JSON.stringify(window.heard).includes('ended 0')");
  } finally {
    await app.close();
  }
});

test.skipIf(reason)(title('a second start ends and leaves the first'), async () => {
  const app = await _electron.launch({ executablePath: program ?? '', args: args() });
  try {
    await app.firstWindow();
    expect(existsSync(home)).toBe(true);
    const second = spawn(program ?? '', args(), { stdio: 'ignore' });
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(0);
    expect(app.windows()).toHaveLength(1);
  } finally {
    await app.close();
  }
});
