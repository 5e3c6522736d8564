/** The built host in a folder as `dist` is: main and preload from here, a small page, a small trainer. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { expect, vi } from 'vitest';
import { buildElectron } from '../../scripts/build-electron.mjs';
import type { StandIn } from '../stand-in/index.ts';

/** Packages are found from here, as they are from dist. */
const root = join(import.meta.dirname, '..', '..');

const testServices: Plugin = {
  name: 'services of a test',
  setup: (build) =>
    build.onResolve({ filter: /services\/services\.node\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'services.ts'),
    })),
};

const page = `<!doctype html><html lang="en"><head><title>Page</title><script type="module" src="/page.js"></script></head>
<body><button id="hello">Hello</button><iframe src="/index.html"></iframe><script>window.inline = true</script></body></html>`;

/** Keeps every event that arrives, and does what the real page does when it is asked to save. */
const script = `
window.heard = [];
for (const name of ['menu.command', 'documents.openRequest', 'window.saveAndClose', 'data.progress'])
  stemma.on(name, (value) => heard.push([name, value]));
stemma.on('window.saveAndClose', () => window.stays || stemma.call('window.close', {}));
document.querySelector('#hello').addEventListener('click', () => (document.title = 'clicked'));
window.ready = true;`;

const trainer = `
const { parentPort } = process;
parentPort.postMessage({ type: 'hello', node: typeof process.send });
parentPort.on('message', ({ data }) => {
  parentPort.postMessage({ type: 'heard', data });
  if (data.type === 'stop') process.exit(0);
  if (data.type === 'pause') { process.stderr.write('out of wits\\n'); process.exitCode = 3; process.disconnect(); }
});
parentPort.on('close', () => process.exit());`;

export async function buildHost(): Promise<{ main: string; remove(): void }> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const dist = mkdtempSync(join(root, 'dist', 'test-electron-'));
  await buildElectron(join(dist, 'electron'), { plugins: [testServices] });
  mkdirSync(join(dist, 'renderer'));
  writeFileSync(join(dist, 'renderer', 'index.html'), page);
  writeFileSync(join(dist, 'renderer', 'page.js'), script);
  writeFileSync(join(dist, 'trainer.mjs'), trainer);
  return {
    main: join(dist, 'electron', 'main.mjs'),
    remove: () => rmSync(dist, { recursive: true, force: true }),
  };
}

/** The newest window, once its page runs. */
export async function readyWindow(it: StandIn, count = 1): Promise<number> {
  let id = 0;
  await vi.waitFor(
    async () => {
      const windows = await it.windows();
      expect(windows).toHaveLength(count);
      id = windows.at(-1)?.id ?? 0;
      expect(await it.evaluate(id, 'window.ready')).toBe(true);
    },
    { timeout: 30_000, interval: 50 },
  );
  return id;
}
