/** The network of a work, as Stemma's own templates make it. */
import { networkOf } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { findTemplate } from '../../src/templates/index.ts';
import type { Work } from './works.ts';

export function networkFor({ network, size, channels, classes }: Work): Network {
  const flavour = network === 'resnet18' ? 'd2l' : 'torchvision';
  return networkOf(findTemplate(network).build({ input: [size, size, channels], classes, flavour, set: {} }));
}
