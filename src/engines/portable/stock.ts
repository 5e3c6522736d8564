/** Kernels of tf.js' own that are right in its wasm backend, but slow in training. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs';
import { tf } from '../../compile/tf.ts';
import { offsetOf, register, type Side } from './side.ts';

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Must be called once, with the stock kernels in place: what ours do not cover still goes to them. */
export function registerFasterKernels(side: Side): void {
  // Every tensor saved for a gradient is a clone, which the stock kernel copies. No kernel writes to its inputs.
  register('Identity', (inputs, _, backend) => {
    const { dataId, shape, dtype } = inputs.x as TensorInfo;
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  });

  const stockSum = tf.getKernel('Sum', 'wasm');
  // Over all axes but the last, as the gradient of a bias asks: the stock kernel transposes first.
  register('Sum', (inputs, attrs, backend) => {
    const x = inputs.x as TensorInfo;
    const rank = x.shape.length;
    const { axis, keepDims } = attrs as { axis: number | number[]; keepDims: boolean };
    const axes = new Set(tf.util.parseAxisParam(axis, x.shape));
    const leading = rank > 1 && axes.size === rank - 1 && !axes.has(rank - 1);
    if (!leading || x.dtype !== 'float32' || sizeOf(x.shape) === 0)
      return stockSum?.kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend }) as TensorInfo;
    const c = x.shape[rank - 1] as number;
    const out = backend.makeOutput(keepDims ? [...x.shape.slice(0, -1).fill(1), c] : [c], 'float32');
    side.column_sums(offsetOf(backend, x), offsetOf(backend, out), sizeOf(x.shape) / c, c);
    return out;
  });

  register('MaxPoolGrad', (inputs, attrs, backend) => {
    const [x, dy] = [inputs.input as TensorInfo, inputs.dy as TensorInfo];
    const pool = attrs as { filterSize: number; strides: number; pad: 'same'; dimRoundingMode?: 'floor' };
    const { filterSize, strides, pad, dimRoundingMode } = pool;
    const shape = x.shape as [number, number, number, number];
    const g = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const dx = backend.makeOutput(x.shape, 'float32');
    side.max_pool_gradient(
      ...[x, dy, dx].map((tensor) => offsetOf(backend, tensor)),
      ...[g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth],
      ...[g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth, g.padInfo.top, g.padInfo.left],
    );
    return dx;
  });
}
