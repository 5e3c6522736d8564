/** Flavours are presets that write plain parameters. See docs/architecture.md for the table and its sources. */
import type { ParamValue } from '../schema/params.ts';

export const flavourNames = ['d2l', 'torchvision'] as const;
export type Flavour = (typeof flavourNames)[number];

const common = { momentum: 0.9, epsilon: 1e-5 } as const;

const conv = {
  d2l: {
    ...common,
    useBias: true,
    padding: 'same',
    runningVariance: 'biased',
    kernelInitializer: 'lecunNormal',
  },
  torchvision: {
    ...common,
    useBias: false,
    padding: 'symmetric',
    runningVariance: 'unbiased',
    kernelInitializer: 'heNormalFanOut',
  },
} as const;

/** The parameters that a flavour writes on a node of this type; empty for types it does not touch. */
export function flavourParams(flavour: Flavour, type: string): Readonly<Record<string, ParamValue>> {
  const style = conv[flavour];
  switch (type) {
    case 'stem':
      return style;
    case 'residual':
    case 'bottleneck':
    case 'residual-stage':
      return { ...style, shortcutNorm: flavour === 'torchvision' };
    case 'resnext':
    case 'resnext-stage':
      return { ...style, shortcutNorm: true };
    case 'head':
      // torchvision's He initialisation is for convolutions; its dense layer keeps torch's own.
      return { useBias: true, kernelInitializer: flavour === 'd2l' ? 'lecunNormal' : 'torchUniform' };
    default:
      return {};
  }
}
