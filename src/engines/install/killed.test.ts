/** SIGKILL at every moment of an installation: what was before stays, or the new one is whole. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { locateTensorFlow } from '../tensorflow/locate.node.ts';
import { fakeWheel, sha256 } from './fake-wheel.node.ts';
import { installTensorFlow } from './install.node.ts';

test('killed at any moment, the version before is whole or the new one is; the next installation tidies up', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'stemma-killed-'));
  const program = join(scratch, 'install.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./killed-install.node.ts', import.meta.url))],
    outfile: program,
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
  });
  const home = join(scratch, 'home', 'engines');
  const env = { STEMMA_HOME: join(scratch, 'home'), PATH: '', PYENV_ROOT: scratch };
  const before = fakeWheel(scratch, '1.0.0', 20_000);
  const next = fakeWheel(scratch, '2.0.0', 20_000);
  const isWhole = (file: string) =>
    [...before.pin.files, ...next.pin.files].some(({ sha256: sum }) => sum === sha256(readFileSync(file)));
  const seen = new Set<string>();
  for (let killAt = 0; ; killAt++) {
    // Also: what the last kill left is no hindrance.
    const runTrial = async () => 1;
    await installTensorFlow({ home, env, plan: before.plan, wheel: before.wheel, runTrial });
    expect(readdirSync(join(home, 'tensorflow'))).toHaveLength(3);
    const { plan, wheel } = next;
    const argument = JSON.stringify({ home, env, plan, wheel, killAt });
    const { signal, status, stderr } = spawnSync(process.execPath, [program, argument], { encoding: 'utf8' });
    const { library } = locateTensorFlow(env);
    expect(library, `killed at ${killAt}`).toBeDefined();
    expect(isWhole(library?.cc ?? ''), `killed at ${killAt}`).toBe(true);
    expect(isWhole(library?.framework ?? ''), `killed at ${killAt}`).toBe(true);
    seen.add(library?.version ?? '');
    if (signal === null) {
      expect(status, stderr).toBe(0);
      expect(killAt).toBeGreaterThan(20);
      break;
    }
    expect(signal).toBe('SIGKILL');
  }
  expect([...seen]).toEqual(['1.0.0', '2.0.0']);
  rmSync(scratch, { recursive: true });
});
