import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { Availability, Engine } from './engine.ts';
import { RANK, type TensorFlowLibrary } from './machine.ts';
import { tensorflowOffers } from './offers/tensorflow.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/** @param manifest path of the package's package.json; undefined where it is not installed */
export function tensorflowAvailability(manifest: string | undefined): Availability {
  const not = (reason: string, version = '') => ({ available: false, device: 'none', reason, version });
  if (manifest === undefined) return not(`The package ${PACKAGE} is not installed.`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const addOn = join(dirname(manifest), 'lib', `napi-v${process.versions.napi}`, 'tfjs_binding.node');
  return existsSync(addOn)
    ? not('Its add-on is there, but this Stemma does not drive it yet.', version)
    : not('Its native library was not downloaded, and this Stemma does not install it yet.', version);
}

function findManifest(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  } catch {
    // Not finding it is the answer.
    return undefined;
  }
}

/** Its library, as far as the machine's description goes. */
export async function findTensorFlow(): Promise<TensorFlowLibrary> {
  const { reason, version } = tensorflowAvailability(findManifest());
  return { found: false, why: reason, version };
}

/** TensorFlow's native library through tfjs-node-gpu; not driven yet. */
export const tensorflow: Engine = {
  id: 'tensorflow',
  title: 'TensorFlow (tfjs-node-gpu)',
  rank: RANK.tensorflow,
  offers: tensorflowOffers,
  async open() {
    throw new AppError('engine/unavailable', tensorflowAvailability(findManifest()).reason, {
      hint: 'Use --engine portable.',
    });
  },
};
