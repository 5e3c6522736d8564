// Bundles one TypeScript file and runs it: node scripts/run-ts.mjs FILE [arguments]
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { assets, workers } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [file, ...rest] = process.argv.slice(2);
const outdir = join(root, 'dist', 'run');
const name = file.replaceAll(/[^a-z]+/gi, '-');
const outfile = join(outdir, `${name}.mjs`);
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
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
