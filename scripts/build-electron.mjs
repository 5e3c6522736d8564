// Bundles Electron's main process and preload into `outdir` (dist/electron). Packages stay outside of main; a
// sandboxed preload can load none, so everything that it needs is inside.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `plugins` of esbuild: tests put other services in. */
export async function buildElectron(outdir, { plugins = [] } = {}) {
  const { build } = await import('esbuild');
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    sourcemap: true,
    logLevel: 'warning',
  };
  await build({
    ...common,
    entryPoints: ['electron/main.ts'],
    outfile: join(outdir, 'main.mjs'),
    target: 'node22',
    format: 'esm',
    packages: 'external',
    plugins,
  });
  await build({
    ...common,
    entryPoints: ['electron/preload.ts'],
    outfile: join(outdir, 'preload.cjs'),
    target: 'chrome140',
    format: 'cjs',
    external: ['electron'],
    sourcemap: false,
  });
}
