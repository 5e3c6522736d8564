// npm run bench [-- core | window | charts | pictures [COUNT] | soak MINUTES | train … | readme …]; core and window, where nothing is named.
import { spawnSync } from 'node:child_process';
import { bundleTs, root } from './bundle-ts.mjs';

const [what, ...rest] = process.argv.slice(2);

/** Each in a process of its own: what one leaves in memory is no part of another. */
async function run(file, args = []) {
  const { status } = spawnSync(process.execPath, [await bundleTs(file), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

if (what === undefined || what === 'core') await run('bench/core.ts');
if (what === undefined || what === 'window') await run('bench/window.ts');
if (what === 'pictures') await run('bench/pictures.ts', rest);
if (what === 'charts') await run('bench/charts.ts', rest);
if (what === 'soak') await run('bench/soak.ts', rest);
if (what === 'train' || what === 'readme') {
  const peer = await bundleTs('bench/train/stemma-peer.ts');
  await run('bench/train/main.ts', [what, root, peer, ...rest]);
}
if (![undefined, 'core', 'window', 'charts', 'pictures', 'soak', 'train', 'readme'].includes(what)) {
  console.error(
    `npm run bench: expected core, window, charts, pictures, soak, train or readme, received '${what}'.`,
  );
  process.exitCode = 1;
}
