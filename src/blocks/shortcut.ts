import { bool, choice, type ParamSchema } from '../schema/params.ts';
import type { Builder } from './builder.ts';
import type { Handle } from './fragment.ts';
import { conv, norm, relu, type Style } from './style.ts';

/** The way around a block's convolutions. */
export const shortcutParams = {
  shortcut: choice({
    options: ['auto', 'projection', 'identity', 'none'],
    default: 'auto',
    help: 'auto: 1×1 convolution where channels or strides change, else as it is; none: a plain block without a skip.',
  }),
  shortcutNorm: bool({
    default: false,
    help: 'Batch norm after the shortcut’s 1×1 convolution.',
    advanced: true,
  }),
} as const satisfies ParamSchema;

export type Shortcut = 'auto' | 'projection' | 'identity' | 'none';

interface Options extends Style {
  shortcut: Shortcut;
  shortcutNorm: boolean;
}

/** y = relu(f(x) + shortcut(x)): He et al. 2015, eq. 1 and 2, option B (1×1 projection where shapes change). */
export function joinShortcut(
  b: Builder,
  x: Handle,
  y: Handle,
  options: Options,
  filters: number,
  strides: readonly [number, number],
): Handle {
  const { shortcut, shortcutNorm } = options;
  if (shortcut === 'none') return relu(b, y, 'relu');
  const changes = strides.some((s) => s !== 1) || (x.shape !== null && x.shape[2] !== filters);
  let skip = x;
  if (shortcut === 'projection' || (shortcut === 'auto' && changes)) {
    skip = conv(b, x, options, { name: 'shortcut/conv', filters, kernelSize: 1, strides });
    if (shortcutNorm) skip = norm(b, skip, options, 'shortcut/bn');
  }
  return relu(b, b.layer('add', [y, skip], { name: 'add' }), 'relu');
}
