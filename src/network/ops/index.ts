import type { Values } from '../../schema/params.ts';
import type { OpDef } from '../op.ts';
import { activation } from './activation.ts';
import { batchNorm } from './batchNorm.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { input, output } from './ends.ts';
import { add, concat, multiply } from './joining.ts';
import { layerNorm } from './layerNorm.ts';
import { avgPool, globalAvgPool, maxPool } from './pooling.ts';
import { dropout, flatten, reshape } from './reshaping.ts';
import { zeroPadding } from './zeroPadding.ts';

/** Every op, in the order a palette shows them. A new op is its file and one line here. */
export const ops = {
  input,
  output,
  conv2d,
  dense,
  batchNorm,
  layerNorm,
  activation,
  dropout,
  maxPool,
  avgPool,
  globalAvgPool,
  add,
  multiply,
  concat,
  zeroPadding,
  flatten,
  reshape,
} as const;

export type OpKind = keyof typeof ops;
export type OpAttrs<K extends OpKind> = Values<(typeof ops)[K]['params']>;

export function isOpKind(type: string): type is OpKind {
  return Object.hasOwn(ops, type);
}

export function opOf(kind: OpKind): OpDef {
  return ops[kind] as unknown as OpDef;
}
