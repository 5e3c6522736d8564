import { int, pair } from '../schema/params.ts';
import { defineBlock } from './block.ts';
import { joinShortcut, shortcutParams } from './shortcut.ts';
import { conv, norm, relu, style } from './style.ts';

/** He et al. 2015, fig. 5, left; d2l's Residual. [h, w, c] → [⌈h/strides⌉, ⌈w/strides⌉, filters] */
export const residual = defineBlock({
  type: 'residual',
  version: 1,
  title: 'Residual block',
  help: 'Two 3×3 convolutions and a skip around them: y = f(x) + x.',
  source: 'https://arxiv.org/abs/1512.03385',
  category: 'residual',
  params: {
    filters: int({ min: 1, max: 65536, default: 64, help: 'Output channels.' }),
    strides: pair({ max: 64, default: 1, help: '2 halves height and width.' }),
    ...shortcutParams,
    ...style,
  },
  expand(b, x, params) {
    const { filters, strides } = params;
    let y = conv(b, x, params, { name: 'conv1', filters, strides });
    y = relu(b, norm(b, y, params, 'bn1'), 'relu1');
    y = norm(b, conv(b, y, params, { name: 'conv2', filters }), params, 'bn2');
    return joinShortcut(b, x, y, params, filters, strides);
  },
});
