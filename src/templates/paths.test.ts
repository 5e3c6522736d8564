import { expect, test } from 'vitest';
import { networkOf } from '../lower/index.ts';
import { weightsOf } from '../network/network.ts';
import { findTemplate, templates } from './index.ts';
import { defaultOptions } from './template.ts';

/** Weights, runs and exports hang on these names: a difference here breaks every file that people have saved. */
test.each(templates.filter((t) => t.id !== 'resnet1202-cifar').map((t) => t.id))('paths of %s stay', (id) => {
  const network = networkOf(findTemplate(id).build({ ...defaultOptions, input: [64, 64, 3] }));
  const lines = weightsOf(network).map((w) => `${w.path} [${w.shape.join(',')}]`);
  expect(lines.join('\n')).toMatchSnapshot();
});
