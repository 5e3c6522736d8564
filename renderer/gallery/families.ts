/** The gallery's filters, and what its options mean. */
import type { Flavour } from '../../src/blocks/flavours.ts';

export const families = ['All', 'ImageNet', 'CIFAR', 'ResNeXt'] as const;
export type Family = (typeof families)[number];

export function familyOf(id: string): Exclude<Family, 'All'> {
  if (id.endsWith('-cifar')) return 'CIFAR';
  return id.startsWith('resnext') ? 'ResNeXt' : 'ImageNet';
}

export const flavourHelp: Readonly<Record<Flavour, string>> = {
  d2l: 'As the book "Dive into Deep Learning" writes it in Flax: convolutions with a bias, TensorFlow’s padding.',
  torchvision:
    'As PyTorch’s torchvision writes it: no bias before batch norm, symmetric padding, batch norm on the shortcut.',
};

export const detailHelp = {
  stages: 'One node a stage: short, and opened in place at a double-click.',
  blocks: 'One node a block: longer, and each block can be changed on its own.',
} as const;

/** He et al. 2015, in our words. */
export const whySkips =
  'He et al. (2015) saw deeper plain networks do worse, on the very pictures they were trained on: it is hard to learn to pass something on unchanged. A skip passes it on for free, and a block learns only what to add.';
