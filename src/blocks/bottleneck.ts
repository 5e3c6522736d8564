import { int, pair } from '../schema/params.ts';
import { defineBlock } from './block.ts';
import { joinShortcut, shortcutParams } from './shortcut.ts';
import { conv, norm, relu, style } from './style.ts';

/**
 * He et al. 2015, fig. 5, right; strides in the 3×3 convolution as torchvision has it ("v1.5").
 * [h, w, c] → [⌈h/strides⌉, ⌈w/strides⌉, expansion · filters]
 */
export const bottleneck = defineBlock({
  type: 'bottleneck',
  version: 1,
  title: 'Bottleneck block',
  help: '1×1 to fewer channels, 3×3, 1×1 back to more: deep networks at bearable cost.',
  source: 'https://arxiv.org/abs/1512.03385',
  category: 'residual',
  params: {
    filters: int({ min: 1, max: 65536, default: 64, help: 'Channels of the 3×3 convolution.' }),
    expansion: int({ min: 1, max: 64, default: 4, help: 'Output channels are this many times the filters.' }),
    strides: pair({ max: 64, default: 1, help: '2 halves height and width.' }),
    ...shortcutParams,
    ...style,
  },
  expand(b, x, params) {
    const { filters, strides, expansion } = params;
    let y = conv(b, x, params, { name: 'conv1', filters, kernelSize: 1 });
    y = relu(b, norm(b, y, params, 'bn1'), 'relu1');
    y = conv(b, y, params, { name: 'conv2', filters, strides });
    y = relu(b, norm(b, y, params, 'bn2'), 'relu2');
    y = conv(b, y, params, { name: 'conv3', filters: filters * expansion, kernelSize: 1 });
    return joinShortcut(b, x, norm(b, y, params, 'bn3'), params, filters * expansion, strides);
  },
});
