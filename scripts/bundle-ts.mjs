// Bundles one TypeScript file, with what it finds beside it; packages stay outside.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assets } from './build.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of the bundle. */
export async function bundleTs(file) {
  const outfile = join(root, 'dist', 'run', `${file.replaceAll(/[^a-z]+/gi, '-')}.mjs`);
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  for (const asset of assets) copyFileSync(join(root, asset), join(dirname(outfile), basename(asset)));
  return outfile;
}
