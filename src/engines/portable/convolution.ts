/** Convolutions and their gradients for the wasm backend: plain, strided, dilated, grouped. */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { ConvAttrs } from '../../compile/tensor-ops.ts';
import { type Tensor, type Tensor4D, tf } from '../../compile/tf.ts';
import { offsetOf, register, type Side, type WasmBackend, withScratch } from './side.ts';

type Shape4 = [number, number, number, number];

interface Geometry {
  n: number;
  h: number;
  w: number;
  c: number;
  oh: number;
  ow: number;
  filters: number;
  kh: number;
  kw: number;
  sh: number;
  sw: number;
  dh: number;
  dw: number;
  top: number;
  left: number;
}

function pairOf(value: unknown): [number, number] {
  return Array.isArray(value) ? (value as [number, number]) : [value as number, value as number];
}

/** From tf.js' own attributes, so that its padding rules hold here too. */
function geometry(x: readonly number[], filter: readonly number[], attrs: Record<string, unknown>): Geometry {
  const full = [filter[0], filter[1], x[3], filter[3]] as Shape4;
  const info = tf.backend_util.computeConv2DInfo(
    [...x] as Shape4,
    full,
    pairOf(attrs.strides),
    pairOf(attrs.dilations ?? 1),
    attrs.pad as 'same' | 'valid',
    attrs.dimRoundingMode as 'floor' | undefined,
  );
  return {
    n: info.batchSize,
    h: info.inHeight,
    w: info.inWidth,
    c: info.inChannels,
    oh: info.outHeight,
    ow: info.outWidth,
    filters: info.outChannels,
    kh: info.filterHeight,
    kw: info.filterWidth,
    sh: info.strideHeight,
    sw: info.strideWidth,
    dh: info.dilationHeight,
    dw: info.dilationWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

const input = (inputs: NamedTensorInfoMap, name: string) => inputs[name] as TensorInfo;

export function registerConvolutions(side: Side): void {
  const stock = tf.getKernel('Conv2D', 'wasm');

  function filterGradient(inputs: NamedTensorInfoMap, attrs: Record<string, unknown>, backend: WasmBackend) {
    const x = input(inputs, 'x');
    const dy = input(inputs, 'dy');
    const shape = attrs.filterShape as number[];
    const g = geometry(x.shape, shape, attrs);
    const groups = (attrs.groups as number | undefined) ?? 1;
    const c = g.c / groups;
    const o = g.filters / groups;
    const out = backend.makeOutput(shape, 'float32');
    const [ax, ay, ao] = [offsetOf(backend, x), offsetOf(backend, dy), offsetOf(backend, out)];
    withScratch(backend, [256 * ((c + 3) & ~3), 256 * ((o + 7) & ~7)], (sx = 0, sy = 0) => {
      for (let i = 0; i < groups; i++)
        side.conv_filter_gradient(
          ax + i * c * 4,
          ay + i * o * 4,
          ao + i * o * 4,
          ...[g.n, g.h, g.w, g.c, c, g.oh, g.ow, g.filters, o],
          ...[g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left, sx, sy],
        );
    });
    return out;
  }

  function direct(
    kernel: 'grouped_conv' | 'conv_input_gradient',
    a: TensorInfo,
    filter: TensorInfo,
    g: Geometry,
    groups: number,
    shape: readonly number[],
    backend: WasmBackend,
  ): TensorInfo {
    const out = backend.makeOutput(shape, 'float32');
    side[kernel](
      ...[offsetOf(backend, a), offsetOf(backend, filter), offsetOf(backend, out), g.n, g.h, g.w, g.c],
      ...[g.oh, g.ow, g.filters, groups, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left],
    );
    return out;
  }

  /**
   * dX is a convolution at strides 1 of the gradient, spread by the strides with zeros, with the flipped filter; so
   * XNNPACK's kernel does the work. What it cannot say (dilation, windows that leave pixels over) goes directly.
   */
  function inputGradient(
    inputs: NamedTensorInfoMap,
    attrs: Record<string, unknown>,
    backend: WasmBackend,
  ): TensorInfo {
    const dy = input(inputs, 'dy');
    const filter = input(inputs, 'filter');
    const shape = attrs.inputShape as number[];
    const g = geometry(shape, filter.shape, attrs);
    const top = g.kh - 1 - g.top;
    const left = g.kw - 1 - g.left;
    const bottom = g.h - 1 + g.top - (g.oh - 1) * g.sh;
    const right = g.w - 1 + g.left - (g.ow - 1) * g.sw;
    if (g.dh !== 1 || g.dw !== 1 || !stock || Math.min(top, left, bottom, right) < 0)
      return direct('conv_input_gradient', dy, filter, g, 1, shape, backend);
    const flipped = backend.makeOutput([g.kh, g.kw, g.filters, g.c], 'float32');
    side.flip_filter(offsetOf(backend, filter), offsetOf(backend, flipped), g.kh * g.kw, g.c, g.filters);
    const spread = g.sh > 1 || g.sw > 1 ? spreadByStrides(dy, g, backend) : dy;
    const result = stock.kernelFunc({
      inputs: { x: spread, filter: flipped },
      attrs: {
        strides: [1, 1],
        dilations: [1, 1],
        dataFormat: 'NHWC',
        pad: [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
      },
      backend,
    }) as TensorInfo;
    backend.disposeData(flipped.dataId);
    if (spread !== dy) backend.disposeData(spread.dataId);
    return result;
  }

  register('Conv2DBackpropFilter', filterGradient);
  register('Conv2DBackpropInput', inputGradient);
  register('StemmaGroupedConv', (inputs, attrs, backend) => {
    const x = input(inputs, 'x');
    const filter = input(inputs, 'filter');
    const g = geometry(x.shape, filter.shape, attrs);
    const shape = [g.n, g.oh, g.ow, g.filters];
    return direct('grouped_conv', x, filter, g, attrs.groups as number, shape, backend);
  });
  register('StemmaConvInputGradient', (inputs, attrs, backend) => {
    const shape = attrs.inputShape as number[];
    const filter = input(inputs, 'filter');
    const g = geometry(shape, filter.shape, attrs);
    return direct(
      'conv_input_gradient',
      input(inputs, 'dy'),
      filter,
      g,
      attrs.groups as number,
      shape,
      backend,
    );
  });
}

/** [n, oh, ow, o] → [n, (oh − 1)·sh + 1, (ow − 1)·sw + 1, o] with zeros between. */
function spreadByStrides(dy: TensorInfo, g: Geometry, backend: WasmBackend): TensorInfo {
  const h = (g.oh - 1) * g.sh + 1;
  const w = (g.ow - 1) * g.sw + 1;
  const out = backend.makeOutput([g.n, h, w, g.filters], 'float32');
  const heap = new Float32Array(backend.wasm.HEAPU8.buffer);
  const from = offsetOf(backend, dy) / 4;
  const to = offsetOf(backend, out) / 4;
  heap.fill(0, to, to + g.n * h * w * g.filters);
  for (let n = 0; n < g.n; n++)
    for (let y = 0; y < g.oh; y++)
      for (let x = 0; x < g.ow; x++) {
        const source = from + ((n * g.oh + y) * g.ow + x) * g.filters;
        heap.copyWithin(to + ((n * h + y * g.sh) * w + x * g.sw) * g.filters, source, source + g.filters);
      }
  return out;
}

/** Every convolution, with gradients that tf.js itself refuses (groups, dilation). */
export function conv2d(x: Tensor4D, kernel: Tensor4D, attrs: ConvAttrs): Tensor4D {
  const { strides, padding: pad, dilationRate, groups } = attrs;
  const dilated = dilationRate[0] !== 1 || dilationRate[1] !== 1;
  if (groups === 1 && !dilated) return tf.conv2d(x, kernel, [...strides], pad);
  const kernelAttrs = { strides: [...strides], dilations: [...dilationRate], pad, groups };
  const run = (name: string, inputs: Record<string, Tensor>, more = {}) =>
    tf.engine().runKernel(name, inputs, { ...kernelAttrs, ...more }) as Tensor4D;
  return tf.customGrad((a, b, save) => {
    (save as (tensors: Tensor[]) => void)([a as Tensor, b as Tensor]);
    const value =
      groups === 1
        ? tf.conv2d(a as Tensor4D, b as Tensor4D, [...strides], pad, 'NHWC', [...dilationRate])
        : run('StemmaGroupedConv', { x: a as Tensor, filter: b as Tensor });
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [sx, sk] = saved as [Tensor4D, Tensor4D];
      return [
        run('StemmaConvInputGradient', { dy, filter: sk }, { inputShape: sx.shape }),
        run('Conv2DBackpropFilter', { x: sx, dy }, { filterShape: sk.shape }),
      ];
    };
    return { value, gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor };
  })(x, kernel) as Tensor4D;
}
