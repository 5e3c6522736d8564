// Bundles one TypeScript file, with what it finds beside it; packages stay outside.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assets, workers } from './build.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of the bundle. */
export async function bundleTs(file) {
  const outdir = join(root, 'dist', 'run');
  const name = file.replaceAll(/[^a-z]+/gi, '-');
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { [name]: file, ...workers },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  for (const asset of assets) copyFileSync(join(root, asset), join(outdir, basename(asset)));
  return join(outdir, `${name}.mjs`);
}
