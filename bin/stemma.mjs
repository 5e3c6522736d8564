#!/usr/bin/env node
// Builds the command line when its sources are newer than the build, then runs it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write(`Stemma's packages are not installed. Run 'npm ci' in ${root}.\n`);
  process.exit(1);
}
const { buildIfStale } = await import('../scripts/build.mjs');
await buildIfStale();
const { main } = await import('../dist/cli.mjs');
process.exitCode = await main(process.argv.slice(2));
