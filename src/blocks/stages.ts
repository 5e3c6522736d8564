/** Stages: a block repeated, the first of them with the stage's strides. Layers are `0/conv1`, `1/conv1`, … */
import { choice, int } from '../schema/params.ts';
import { defineBlock } from './block.ts';
import { bottleneck } from './bottleneck.ts';
import type { Builder } from './builder.ts';
import type { Handle } from './fragment.ts';
import { residual } from './residual.ts';
import { resnext } from './resnext.ts';

const count = int({ min: 1, max: 1000, default: 2, help: 'How many blocks.' });

/** `times` copies in a row, or as many as the builder takes; `compose(x, i)` makes the i-th, named by its number. */
export function repeat(
  b: Builder,
  x: Handle,
  times: number,
  compose: (x: Handle, index: number) => Handle,
): Handle {
  let y = x;
  for (let i = 0; i < times && !b.full; i++) y = compose(y, i);
  return y;
}

const one = [1, 1] as const;

/** He et al. 2015, table 1: N blocks of one width; d2l's block(num_residuals, num_channels). */
export const residualStage = defineBlock({
  type: 'residual-stage',
  version: 1,
  title: 'Residual stage',
  help: 'Residual blocks in a row, all of one width; the first may halve the picture.',
  source: 'https://arxiv.org/abs/1512.03385',
  category: 'stages',
  params: {
    count,
    block: choice({
      options: ['basic', 'bottleneck'],
      default: 'basic',
      help: 'basic: two 3×3 convolutions; bottleneck: 1×1, 3×3, 1×1 with 4 times the channels.',
    }),
    ...residual.params,
    strides: { ...residual.params.strides, help: 'Strides of the first block; the others keep the size.' },
  },
  expand(b, x, { count, block, ...params }) {
    return repeat(b, x, count, (y, i) => {
      const strides = i === 0 ? params.strides : one;
      return block === 'basic'
        ? b.block(residual, y, `${i}`, { ...params, strides })
        : b.block(bottleneck, y, `${i}`, { ...params, strides, expansion: 4 });
    });
  },
});

/** Xie et al. 2017, table 1. */
export const resnextStage = defineBlock({
  type: 'resnext-stage',
  version: 1,
  title: 'ResNeXt stage',
  help: 'ResNeXt blocks in a row; the first may halve the picture.',
  source: 'https://arxiv.org/abs/1611.05431',
  category: 'stages',
  params: {
    count,
    ...resnext.params,
    strides: { ...resnext.params.strides, help: 'Strides of the first block; the others keep the size.' },
  },
  expand(b, x, { count, ...params }) {
    return repeat(b, x, count, (y, i) =>
      b.block(resnext, y, `${i}`, { ...params, strides: i === 0 ? params.strides : one }),
    );
  },
});
