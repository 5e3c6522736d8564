#!/usr/bin/env node
// Fetches the packages where they are missing, builds what is older than its sources, then runs the command line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write(`Stemma's packages are fetched once: npm ci in ${root} …\n`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(
      'stemma: npm ci failed; what it said stands above. Run it again when that is mended.\n',
    );
    process.exit(1);
  }
}
const [command, ...rest] = process.argv.slice(2);
if (command === 'web') {
  const { main } = await import('../scripts/start.mjs');
  process.exitCode = await main(['--web', ...rest]);
} else {
  const { buildIfStale } = await import('../scripts/build.mjs');
  await buildIfStale();
  const { main } = await import('../dist/cli.mjs');
  process.exitCode = await main(process.argv.slice(2));
}
