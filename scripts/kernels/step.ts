/** Time of a training step on the portable engine, and where it goes: node scripts/run-ts.mjs scripts/kernels/step.ts [template] [size] [batch] [steps]. */

import { tf } from '../../src/compile/tf.ts';
import { Trainable } from '../../src/compile/trainable.ts';
import { portableOps, startPortable } from '../../src/engines/portable/backend.node.ts';
import { networkOf } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { initialise } from '../../src/weights/initialise.ts';

const [template = 'resnet18', size = '32', batch = '32', steps = '6'] = process.argv.slice(2);
const [s, b] = [Number(size), Number(batch)];

await startPortable();
const spent = new Map<string, number>();
let depth = 0;
for (const kernel of tf.getKernelsForBackend('wasm')) {
  tf.unregisterKernel(kernel.kernelName, 'wasm');
  tf.registerKernel({
    ...kernel,
    kernelFunc(args) {
      const start = performance.now();
      depth++;
      try {
        return kernel.kernelFunc(args);
      } finally {
        depth--;
        const name = `${depth > 0 ? '  inside others: ' : ''}${kernel.kernelName}`;
        spent.set(name, (spent.get(name) ?? 0) + performance.now() - start);
      }
    },
  });
}

const network = networkOf(
  findTemplate(template).build({ input: [s, s, 1], classes: 10, flavour: 'd2l', set: {} }),
);
const model = new Trainable(network, initialise(network, 1), portableOps, {
  optimizer: 'sgd',
  momentum: 0,
  weightDecay: 0,
  seed: 1,
} as never);
const images = Float32Array.from({ length: b * s * s }, (_, i) => Math.sin(i * 12.9898));
const labels = Int32Array.from({ length: b }, (_, i) => i % 10);
const times: number[] = [];
const losses: number[] = [];
for (let i = 0; i < Number(steps) + 1; i++) {
  if (i === 1) spent.clear();
  const start = performance.now();
  losses.push((await model.step({ images, labels, count: b, shape: [s, s, 1] } as never, i, 0.01)).loss);
  if (i > 0) times.push(performance.now() - start);
}
times.sort((x, y) => x - y);
console.log(
  `${template} ${s}² × ${b}: median ${times[times.length >> 1]?.toFixed(0)} ms, least ${times[0]?.toFixed(0)} ms a step; losses ${losses.map((l) => l.toFixed(5)).join(' ')}; ${tf.memory().numTensors} tensors`,
);
for (const [name, ms] of [...spent].sort((x, y) => y[1] - x[1]).slice(0, 16))
  console.log(`${(ms / times.length).toFixed(1).padStart(8)} ms  ${name}`);
