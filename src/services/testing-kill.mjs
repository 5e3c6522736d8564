/**
 * Loaded into a trainer before it begins (`node --import`): ends it with SIGKILL at a chosen call on the disk.
 * STEMMA_KILL: JSON { call, file (what the path must contain), nth (from 1), when: 'before' | 'half' | 'after' }.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { call, file, nth, when } = JSON.parse(process.env.STEMMA_KILL ?? '{}');
let met = 0;

const kill = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment; nothing more may happen.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

/** Whether this call is the one. */
const isDue = (name, path) => name === call && String(path).includes(file) && ++met === nth;

/** `half`: does the first half of it. */
const wrap = (name, original, pathOf, half) =>
  function wrapped(...given) {
    if (!isDue(name, pathOf(given))) return original.apply(this, given);
    if (when === 'before') return kill();
    const done = when === 'half' && half ? half(original, this, given) : original.apply(this, given);
    return done instanceof Promise ? done.then(kill) : kill();
  };

const first = ([path]) => path;
const cut = (bytes) => bytes.slice(0, bytes.length >> 1);

const { open } = promises;
promises.open = async (path, ...rest) => {
  const due = isDue('open', path);
  if (due && when === 'before') kill();
  const handle = await open(path, ...rest);
  if (due) kill();
  const ofPath = () => path;
  handle.writeFile = wrap('write', handle.writeFile, ofPath, (original, self, [bytes]) =>
    original.call(self, cut(bytes)),
  );
  handle.sync = wrap('sync', handle.sync, ofPath);
  return handle;
};
promises.rename = wrap('rename', promises.rename, ([, to]) => to);
promises.rm = wrap('remove', promises.rm, first);
fs.appendFileSync = wrap('append', fs.appendFileSync, first, (original, _, [path, text]) =>
  original(path, cut(text)),
);
fs.truncateSync = wrap('truncate', fs.truncateSync, first);
syncBuiltinESMExports();
