import { bool, int, number, pair } from '../schema/params.ts';
import { defineBlock } from './block.ts';
import { joinShortcut, shortcutParams } from './shortcut.ts';
import { conv, norm, relu, style } from './style.ts';

/**
 * Xie et al. 2017, fig. 3c; d2l's ResNeXtBlock. `groups` is the number of groups (cardinality).
 * [h, w, c] → [⌈h/strides⌉, ⌈w/strides⌉, filters]
 */
export const resnext = defineBlock({
  type: 'resnext',
  version: 1,
  title: 'ResNeXt block',
  help: '1×1, grouped 3×3, 1×1: many parallel paths instead of one wide one.',
  source: 'https://arxiv.org/abs/1611.05431',
  category: 'residual',
  params: {
    filters: int({ min: 1, max: 65536, default: 256, help: 'Output channels.' }),
    groups: int({ min: 1, max: 65536, default: 32, help: 'Number of parallel paths (cardinality).' }),
    bottleneckMultiplier: number({
      min: 1 / 64,
      max: 16,
      default: 0.5,
      help: 'Channels of the grouped convolution, as a share of the filters (d2l’s bot_mul).',
    }),
    strides: pair({ max: 64, default: 1, help: '2 halves height and width.' }),
    ...shortcutParams,
    shortcutNorm: bool({ ...shortcutParams.shortcutNorm, default: true }),
    ...style,
  },
  expand(b, x, params) {
    const { filters, groups, strides, bottleneckMultiplier } = params;
    const width = Math.max(1, Math.round(filters * bottleneckMultiplier));
    let y = conv(b, x, params, { name: 'conv1', filters: width, kernelSize: 1 });
    y = relu(b, norm(b, y, params, 'bn1'), 'relu1');
    y = conv(b, y, params, { name: 'conv2', filters: width, strides, groups });
    y = relu(b, norm(b, y, params, 'bn2'), 'relu2');
    y = norm(b, conv(b, y, params, { name: 'conv3', filters, kernelSize: 1 }), params, 'bn3');
    return joinShortcut(b, x, y, params, filters, strides);
  },
});
