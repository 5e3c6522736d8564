/**
 * A convolution of a small picture, one matrix product a tap of the kernel: only over the pixels at which that tap
 * meets the picture. At 3 × 3 pixels a 3 × 3 kernel meets 49 of 81, at 2 × 2 16 of 36, at 1 × 1 one of nine; and a
 * matrix product is what the library does best. The sums are those of the convolution in another order.
 */
import type { Layer } from '../../network/network.ts';
import type { Output } from './c-api.node.ts';
import type { Context, Emitted, Value } from './emit.node.ts';
import type { ConvolutionShape, Operations } from './operations.node.ts';

/** Where a tap meets the picture along one axis: outputs [from, to), whose inputs begin at `at`. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Zeros before the picture along one axis, as TensorFlow pads. */
function zerosBefore(size: number, out: number, kernel: number, stride: number, dilation: number): number {
  return Math.floor(Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - size) / 2);
}

function rangeOf(tap: number, size: number, out: number, stride: number, before: number): Range | undefined {
  const from = Math.max(0, Math.ceil((before - tap) / stride));
  const to = Math.min(out, Math.floor((size - 1 + before - tap) / stride) + 1);
  return from < to ? { from, to, at: from * stride + tap - before } : undefined;
}

interface Tap {
  readonly index: number;
  readonly rows: Range;
  readonly columns: Range;
}

function tapsOf(x: Value, layer: Layer, shape: ConvolutionShape, kernel: readonly number[]): Tap[] {
  const [, h = 0, w = 0] = x.shape;
  const [oh = 0, ow = 0] = layer.shape;
  const [kh = 0, kw = 0] = kernel;
  const [sh = 1, sw = 1] = shape.strides;
  const [dh = 1, dw = 1] = shape.dilationRate;
  const { padding } = shape;
  const [top, left] =
    padding === 'same'
      ? [zerosBefore(h, oh, kh, sh, dh), zerosBefore(w, ow, kw, sw, dw)]
      : padding === 'valid'
        ? [0, 0]
        : [padding[0] as number, padding[2] as number];
  const taps: Tap[] = [];
  for (let i = 0; i < kh; i++)
    for (let j = 0; j < kw; j++) {
      const rows = rangeOf(i * dh, h, oh, sh, top);
      const columns = rangeOf(j * dw, w, ow, sw, left);
      if (rows && columns) taps.push({ index: i * kw + j, rows, columns });
    }
  return taps;
}

/** Pixels of a picture [n, h, w, c]: begin, end and step of each axis. */
interface Window {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly step: readonly number[];
}

const inputWindow = (
  { rows, columns }: Tap,
  [n = 0, , , c = 0]: readonly number[],
  strides: readonly number[],
) => {
  const [sh = 1, sw = 1] = strides;
  return {
    begin: [0, rows.at, columns.at, 0],
    end: [
      n,
      rows.at + (rows.to - rows.from - 1) * sh + 1,
      columns.at + (columns.to - columns.from - 1) * sw + 1,
      c,
    ],
    step: [1, sh, sw, 1],
  };
};

const outputWindow = ({ rows, columns }: Tap, n: number, filters: number): Window => ({
  begin: [0, rows.from, columns.from, 0],
  end: [n, rows.to, columns.to, filters],
  step: [1, 1, 1, 1],
});

const rowsOf = ({ rows, columns }: Tap, n: number) => n * (rows.to - rows.from) * (columns.to - columns.from);

/** [n, h, w, c] → [rows, c]; where the window is all of it, nothing is copied. */
function cutOut(ops: Operations, x: Output, shape: readonly number[], window: Window, rows: number): Output {
  const all = window.begin.every(
    (begin, k) => begin === 0 && window.end[k] === shape[k] && window.step[k] === 1,
  );
  const part = all ? x : ops.stridedSlice(x, window.begin, window.end, window.step);
  return ops.reshape(part, [rows, shape[3] as number]);
}

/** [rows, c] at its place in a picture of zeros. */
function putBack(ops: Operations, part: Output, shape: readonly number[], window: Window): Output {
  const extents = window.begin.map((begin, k) =>
    Math.ceil(((window.end[k] as number) - begin) / (window.step[k] as number)),
  );
  const whole = ops.reshape(part, extents);
  return extents.join() === shape.join()
    ? whole
    : ops.stridedSliceGradient(shape, window.begin, window.end, window.step, whole);
}

/** @param kernelShape [kh, kw, c, filters] */
export function byTaps(
  x: Value,
  shape: ConvolutionShape,
  layer: Layer,
  context: Context,
  kernelShape: readonly number[],
): Emitted {
  const { ops } = context;
  const [n = 0] = x.shape;
  const [kh = 0, kw = 0, c = 0, filters = 0] = kernelShape;
  const taps = tapsOf(x, layer, shape, kernelShape);
  const y = [n, ...layer.shape];
  const flat = ops.reshape(context.weight(layer, 'kernel'), [kh * kw, c, filters]);
  const matrices = taps.map(({ index }) =>
    ops.reshape(ops.slice(flat, [index, 0, 0], [1, c, filters]), [c, filters]),
  );
  const inputs = taps.map((tap) =>
    cutOut(ops, x.out, x.shape, inputWindow(tap, x.shape, shape.strides), rowsOf(tap, n)),
  );
  const parts = taps.map((tap, k) =>
    putBack(ops, ops.matMul(inputs[k] as Output, matrices[k] as Output), y, outputWindow(tap, n, filters)),
  );
  return {
    y: { out: sumTo(ops, parts, y), shape: y },
    backward(dy, [needed]) {
      const outputs = taps.map((tap) => cutOut(ops, dy, y, outputWindow(tap, n, filters), rowsOf(tap, n)));
      const gradients = taps.map((_, k) =>
        ops.matMul(inputs[k] as Output, outputs[k] as Output, { transposeA: true }),
      );
      context.gradient(layer, 'kernel', kernelGradient(ops, taps, gradients, kernelShape));
      if (!needed) return [undefined];
      const back = taps.map((tap, k) =>
        putBack(
          ops,
          ops.matMul(outputs[k] as Output, matrices[k] as Output, { transposeB: true }),
          x.shape,
          inputWindow(tap, x.shape, shape.strides),
        ),
      );
      return [sumTo(ops, back, x.shape)];
    },
  };
}

/** 0 where no tap meets the picture: outputs that see nothing but the zeros around it. */
const sumTo = (ops: Operations, parts: readonly Output[], shape: readonly number[]) =>
  parts.length > 0 ? ops.sumOf(parts) : ops.broadcast(ops.scalar(0), shape);

/** Taps that never meet the picture have gradient 0. */
function kernelGradient(
  ops: Operations,
  taps: readonly Tap[],
  gradients: readonly Output[],
  kernelShape: readonly number[],
): Output {
  const [kh = 0, kw = 0, c = 0, filters = 0] = kernelShape;
  const places = new Map(taps.map(({ index }, k) => [index, gradients[k] as Output]));
  const zero = taps.length < kh * kw ? ops.broadcast(ops.scalar(0), [c, filters]) : undefined;
  const all = Array.from({ length: kh * kw }, (_, i) => places.get(i) ?? (zero as Output));
  return ops.reshape(ops.pack(all), kernelShape);
}
