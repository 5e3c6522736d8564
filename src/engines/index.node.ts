import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { plainOps } from '../compile/tensor-ops.ts';
import { tf } from '../compile/tf.ts';
import type { Availability, Engine } from './engine.ts';
import { portableOps, startPortable } from './portable/backend.node.ts';

const processor = () => `CPU (${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores)`;

const portable: Engine = {
  id: 'portable',
  title: 'Portable (WebAssembly)',
  rank: 1,
  availability: async () => ({
    available: true,
    device: processor(),
    reason: 'Runs everywhere, one thread with SIMD; kernels that tf.js lacks for training are supplied.',
    version: tf.version_core,
  }),
  async start() {
    await startPortable();
    return portableOps;
  },
};

const cpu: Engine = {
  id: 'cpu',
  title: 'Plain JavaScript',
  rank: 0,
  availability: async () => ({
    available: true,
    device: processor(),
    reason: 'Hundreds of times slower than PyTorch: for comparison only, and only on request.',
    version: tf.version_core,
  }),
  async start() {
    if (!(await tf.setBackend('cpu')) || tf.getBackend() !== 'cpu')
      throw new AppError('engine/unavailable', 'The plain JavaScript engine did not start.');
    return plainOps;
  },
};

const tensorflow: Engine = {
  id: 'tensorflow',
  title: 'TensorFlow (tfjs-node-gpu)',
  rank: 2,
  async availability(): Promise<Availability> {
    const require = createRequire(import.meta.url);
    const root = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    const { version } = require('@tensorflow/tfjs-node-gpu/package.json') as { version: string };
    const addOn = join(root, 'lib', `napi-v${process.versions.napi}`, 'tfjs_binding.node');
    const found = existsSync(addOn);
    return {
      available: false,
      device: 'none',
      reason: found
        ? 'Its add-on is there, but this Stemma does not drive it yet.'
        : 'Its native library was not downloaded, and this Stemma does not install it yet.',
      version,
    };
  },
  async start() {
    throw new AppError('engine/unavailable', (await this.availability()).reason, {
      hint: 'Use --engine portable.',
    });
  },
};

/** Every engine. A new one is its file and one line here. */
export const engines: readonly Engine[] = [tensorflow, portable, cpu];

/**
 * The engine asked for, or the best that is available.
 * @throws AppError where the one asked for is unknown or cannot run here
 */
export async function chooseEngine(
  id?: string,
): Promise<{ engine: Engine; availability: Availability; why: string }> {
  if (id !== undefined) {
    const engine = engines.find((e) => e.id === id);
    if (!engine)
      throw new AppError('engine/unknown', `There is no engine '${id}'.`, {
        hint: `Engines: ${engines.map((e) => e.id).join(', ')}.`,
      });
    const availability = await engine.availability();
    if (!availability.available)
      throw new AppError('engine/unavailable', `Engine ${id} cannot run here: ${availability.reason}`, {
        hint: "'stemma engines' tells what can.",
      });
    return { engine, availability, why: 'asked for' };
  }
  for (const engine of engines.filter((e) => e.rank > 0).sort((a, b) => b.rank - a.rank)) {
    const availability = await engine.availability();
    if (availability.available) return { engine, availability, why: 'the fastest that is available' };
  }
  throw new AppError('engine/unavailable', 'No engine can run here.');
}
