// npm run bench [-- NAME …]; core and window, where nothing is named.
import { spawnSync } from 'node:child_process';
import { bundleTs, root } from './bundle-ts.mjs';

const [what, ...rest] = process.argv.slice(2);

/** Files of bench/, and whether they run where nothing is named. */
const files = {
  core: true,
  window: true,
  charts: false,
  pictures: false,
  runs: false,
  soak: false,
};
const names = [...Object.keys(files), 'train', 'readme'];

/** Each in a process of its own: what one leaves in memory is no part of another. */
async function run(file, args = []) {
  const { status } = spawnSync(process.execPath, [await bundleTs(file), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

for (const [name, always] of Object.entries(files))
  if (what === name || (what === undefined && always)) await run(`bench/${name}.ts`, rest);
if (what === 'train' || what === 'readme') {
  const peer = await bundleTs('bench/train/stemma-peer.ts');
  await run('bench/train/main.ts', [what, root, peer, ...rest]);
}
if (what !== undefined && !names.includes(what)) {
  console.error(`npm run bench: expected one of ${names.join(', ')}, received '${what}'.`);
  process.exitCode = 1;
}
