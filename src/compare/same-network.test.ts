import { expect, test } from 'vitest';
import { networkOf } from '../lower/index.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { isSameNetwork } from './same-network.ts';

const network = (set = {}, flavour: 'd2l' | 'torchvision' = 'd2l') =>
  networkOf(findTemplate('resnet18').build({ ...defaultOptions, flavour, set }));

test('by stages or by blocks it is one network', () => {
  expect(isSameNetwork(network(), network({ detail: 'blocks' }))).toBe(true);
});

test('another shortcut, width or padding is another network', () => {
  expect(isSameNetwork(network(), network({ shortcut: 'projection' }))).toBe(false);
  expect(isSameNetwork(network(), network({ stemFilters: 32 }))).toBe(false);
  expect(isSameNetwork(network(), network({}, 'torchvision'))).toBe(false);
});
