/** The real engine, really installed: fetched with this machine's package client, tried and measured. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { findClient } from '../engines/install/client.node.ts';
import { installTensorFlow } from '../engines/install/install.node.ts';
import { planFor } from '../engines/install/plan.ts';
import { removeTensorFlow } from '../engines/install/remove.node.ts';
import { locateTensorFlow } from '../engines/tensorflow/locate.node.ts';
import { nodeFork } from './node-fork.node.ts';
import { buildTrainer } from './testing-host.node.ts';
import { trialsOn } from './trial.node.ts';

test('TensorFlow is fetched, verified, tried and measured, found, and removed', {
  timeout: 600_000,
}, async (context) => {
  const plan = planFor(process.platform, process.arch, false);
  if (!plan) return context.skip(`TensorFlow publishes nothing for ${process.platform} ${process.arch}`);
  if (!(await findClient())) return context.skip('neither pip nor uv is here');
  await buildTrainer();
  const scratch = mkdtempSync(join(tmpdir(), 'stemma-real-'));
  const env = { ...process.env, STEMMA_HOME: scratch, STEMMA_TENSORFLOW_DIR: undefined };
  const home = join(scratch, 'engines');
  const runTrial = trialsOn(nodeFork(fileURLToPath(new URL('../../dist/trainer.mjs', import.meta.url))));
  const phases = new Set<string>();
  try {
    const { threads, measured } = await installTensorFlow({
      ...{ home, env, plan, runTrial },
      onProgress: ({ phase }) => void phases.add(phase),
    });
    expect([...phases]).toEqual(['asking', 'fetching', 'verifying', 'unpacking', 'trying', 'measuring']);
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(measured?.tensorflowStepMs).toBeGreaterThan(0);
    expect(measured?.portableStepMs).toBeGreaterThan(0);
    expect(locateTensorFlow(env).library).toMatchObject({
      source: 'installed',
      version: plan.version,
      threads,
    });
    expect(await removeTensorFlow(home)).toBe(true);
    expect(readdirSync(join(home, 'tensorflow'))).toEqual([]);
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine/fetch') return context.skip(error.message);
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
