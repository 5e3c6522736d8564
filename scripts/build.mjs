// Bundles our sources; packages stay outside. Built to a temporary name first, so that two builds at once are harmless.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
/** Threads that a program starts; each program looks for them beside itself. */
export const workers = { 'batch-worker': 'src/data/batch-worker.node.ts' };
const entries = {
  ...workers,
  cli: 'src/hosts/cli/main.node.ts',
  web: 'src/hosts/web.node.ts',
  trainer: 'src/hosts/trainer.node.ts',
};
/** Copied beside the bundles, where `new URL(name, import.meta.url)` finds them. */
export const assets = [
  'src/engines/portable/kernels.wasm',
  'src/compile/stemma-layers.mjs',
  'src/engines/webgpu/ask-adapters.mjs',
];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export async function build() {
  const { build: bundle } = await import('esbuild');
  mkdirSync(dist, { recursive: true });
  const temporary = join(dist, `.build-${process.pid}`);
  await bundle({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: temporary,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  for (const asset of assets) cpSync(join(root, asset), join(temporary, asset.split('/').at(-1)));
  for (const name of readdirSync(temporary)) renameSync(join(temporary, name), join(dist, name));
  rmSync(temporary, { recursive: true });
}

/** The page. Vite empties its folder first, so it is built apart from the programs. */
export async function buildPage() {
  const { build: bundle } = await import('vite');
  await bundle({ configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' });
}

function isStale(built, ...sources) {
  const time = Math.max(...sources.map((name) => newest(join(root, name))));
  return !existsSync(built) || statSync(built).mtimeMs < time;
}

/** Electron's main process and its preload. */
export async function buildElectronHost() {
  const { buildElectron } = await import('./build-electron.mjs');
  await buildElectron(join(dist, 'electron'));
}

export async function buildIfStale() {
  if (isStale(join(dist, 'cli.mjs'), 'src', 'package.json')) await build();
}

export async function buildPageIfStale() {
  const page = join(dist, 'renderer', 'index.html');
  if (isStale(page, 'src', 'renderer', 'package.json')) await buildPage();
}

/** Everything that `npm start` runs. */
export async function buildAllIfStale() {
  await buildIfStale();
  await buildPageIfStale();
  if (isStale(join(dist, 'electron', 'main.mjs'), 'src', 'electron', 'package.json'))
    await buildElectronHost();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build();
  await buildPage();
  await buildElectronHost();
}
