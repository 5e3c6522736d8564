/** For tests: a process that installs and kills itself at the Nth of all moments that it can tell apart. */
import { diskFiles } from '../../base/disk.node.ts';
import type { Files } from '../../base/files.ts';
import { installTensorFlow } from './install.node.ts';
import type { Plan } from './plan.ts';

const { home, env, plan, wheel, killAt } = JSON.parse(process.argv[2] ?? '') as {
  home: string;
  env: Record<string, string>;
  plan: Plan;
  wheel: string;
  killAt: number;
};

let moments = 0;
function moment(): void {
  if (moments++ === killAt) process.kill(process.pid, 'SIGKILL');
}

/** Before and after each thing that is done to the disk. */
const around =
  <T extends unknown[], R>(act: (...of: T) => Promise<R>) =>
  async (...of: T): Promise<R> => {
    moment();
    const result = await act(...of);
    moment();
    return result;
  };
const files: Files = {
  ...diskFiles,
  makeFolder: around(diskFiles.makeFolder),
  create: around(diskFiles.create),
  rename: around(diskFiles.rename),
  remove: around(diskFiles.remove),
  syncFolder: around(diskFiles.syncFolder),
};

await installTensorFlow({
  ...{ home, env, plan, wheel, files, onProgress: moment },
  async runTrial() {
    moment();
    return 1;
  },
});
