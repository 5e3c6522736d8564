/**
 * tfjs-node-gpu's own backend and kernels, op by op, over the C API or over its own add-on. Slower than a step that is
 * one function; for what is no such step, and where only the add-on can be had.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import { AppError } from '../../../base/errors.ts';
import { tf } from '../../../compile/tf.ts';
import type { Runtime } from '../runtime.node.ts';
import { bindingOver } from './binding.node.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';
const NAME = 'tensorflow';
const require = createRequire(import.meta.url);

/** The add-on that the package's install script downloads; undefined where it did not. */
export function addOnFile(): string | undefined {
  const folder = dirname(require.resolve(`${PACKAGE}/package.json`));
  const file = join(folder, 'lib', `napi-v${process.versions.napi}`, 'tfjs_binding.node');
  return existsSync(file) ? file : undefined;
}

/** @throws AppError('engine/unavailable') where tf.js does not take it */
export async function startBackend(runtime: Runtime | { readonly addOn: string }): Promise<void> {
  if (!tf.engine().registryFactory[NAME]) {
    // Node 23 took these away; tfjs-node 4.22 still calls them.
    const old = util as unknown as Record<string, unknown>;
    old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
    old.isArray ??= Array.isArray;
    require(`${PACKAGE}/dist/register_all_kernels`);
    const { NodeJSKernelBackend } = require(`${PACKAGE}/dist/nodejs_kernel_backend`);
    const binding = 'addOn' in runtime ? require(runtime.addOn) : bindingOver(runtime);
    tf.registerBackend(NAME, () => new NodeJSKernelBackend(binding, PACKAGE), 1);
  }
  if (!(await tf.setBackend(NAME)) || tf.getBackend() !== NAME)
    throw new AppError('engine/unavailable', "tf.js did not take TensorFlow's backend.");
}
