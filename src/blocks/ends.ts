import { bool, choice, int } from '../schema/params.ts';
import { defineBlock } from './block.ts';
import { conv, norm, relu, style, symmetricPad } from './style.ts';

/** He et al. 2015, table 1, conv1: 7×7/2 and 3×3/2 max-pool ([h, w, c] → [h/4, w/4, filters]); §4.2: one 3×3. */
export const stem = defineBlock({
  type: 'stem',
  version: 1,
  title: 'Stem',
  help: 'First features and, for large pictures, a quarter of the size.',
  source: 'https://arxiv.org/abs/1512.03385',
  category: 'ends',
  params: {
    filters: int({ min: 1, max: 65536, default: 64, help: 'Output channels.' }),
    variant: choice({
      options: ['imagenet', 'cifar'],
      default: 'imagenet',
      help: 'imagenet: 7×7/2, batch norm, ReLU, 3×3/2 max-pool; cifar: one 3×3 for small pictures.',
    }),
    ...style,
  },
  expand(b, x, params) {
    const { filters, variant, padding } = params;
    if (variant === 'cifar')
      return relu(b, norm(b, conv(b, x, params, { name: 'conv', filters }), params, 'bn'), 'relu');
    const y = conv(b, x, params, { name: 'conv', filters, kernelSize: 7, strides: [2, 2] });
    const z = relu(b, norm(b, y, params, 'bn'), 'relu');
    const window = { name: 'pool', poolSize: [3, 3], strides: [2, 2] } as const;
    return padding === 'same'
      ? b.layer('maxPool', [z], { ...window, padding: 'same' })
      : b.layer('maxPool', [symmetricPad(b, z, 'pool/pad', 3, 'lowest')], { ...window, padding: 'valid' });
  },
});

/** Global average pool, then one dense layer: [h, w, c] → [classes], as logits. */
export const head = defineBlock({
  type: 'head',
  version: 1,
  title: 'Head',
  help: 'Averages each channel and weighs the averages into one number a class.',
  source: 'https://arxiv.org/abs/1312.4400',
  category: 'ends',
  params: {
    classes: int({ min: 1, max: 1_000_000, default: 10, help: 'How many classes.' }),
    useBias: bool({ default: true, help: 'Add a learned number to each class.', advanced: true }),
    kernelInitializer: style.kernelInitializer,
  },
  expand(b, x, { classes, useBias, kernelInitializer }) {
    const pooled = b.layer('globalAvgPool', [x], { name: 'pool' });
    return b.layer('dense', [pooled], { name: 'fc', units: classes, useBias, kernelInitializer });
  },
});
