/** Convolutions and their gradients for the wasm backend: plain, strided, dilated, grouped. */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { ConvAttrs } from '../../compile/tensor-ops.ts';
import { type Tensor, type Tensor4D, tf } from '../../compile/tf.ts';
import { offsetOf, register, type Side, type WasmBackend, withScratch } from './side.ts';

type Shape4 = [number, number, number, number];
type Attrs = Record<string, unknown>;

function pairOf(value: unknown): [number, number] {
  return Array.isArray(value) ? (value as [number, number]) : [value as number, value as number];
}

/** From tf.js' own attributes, so that its padding rules hold here too. `filter` is [kh, kw, c / groups, filters]. */
function geometry(x: readonly number[], filter: readonly number[], attrs: Attrs) {
  return tf.backend_util.computeConv2DInfo(
    [...x] as Shape4,
    [filter[0], filter[1], x[3], filter[3]] as Shape4,
    pairOf(attrs.strides),
    pairOf(attrs.dilations ?? 1),
    attrs.pad as 'same' | 'valid',
    attrs.dimRoundingMode as 'floor' | undefined,
  );
}

type Geometry = ReturnType<typeof geometry>;

/** The fields of `Conv` in convolution.c, in its order. */
function fieldsOf(g: Geometry, groups: number): number[] {
  return [
    ...[g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth, g.outChannels, groups],
    ...[g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth, g.dilationHeight, g.dilationWidth],
    ...[g.padInfo.top, g.padInfo.left],
  ];
}

export function registerConvolutions(side: Side): void {
  function run(
    kernel: 'conv_forward' | 'conv_input_gradient' | 'conv_filter_gradient',
    [a, b]: readonly [TensorInfo, TensorInfo],
    shape: readonly number[],
    fields: readonly number[],
    backend: WasmBackend,
  ): TensorInfo {
    const out = backend.makeOutput(shape, 'float32');
    withScratch(backend, [fields.length], (conv = 0) => {
      new Int32Array(backend.wasm.HEAPU8.buffer, conv, fields.length).set(fields);
      withScratch(backend, [side.conv_scratch(conv)], (scratch = 0) =>
        side[kernel](conv, offsetOf(backend, a), offsetOf(backend, b), offsetOf(backend, out), scratch),
      );
    });
    return out;
  }
  const input = (inputs: NamedTensorInfoMap, name: string) => inputs[name] as TensorInfo;
  const groupsOf = (attrs: Attrs) => (attrs.groups as number | undefined) ?? 1;

  register('StemmaConv2D', (inputs, attrs, backend) => {
    const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
    const g = geometry(x.shape, filter.shape, attrs);
    return run('conv_forward', [x, filter], g.outShape, fieldsOf(g, groupsOf(attrs)), backend);
  });
  // Under tf.js' own names: the stock gradient of tf.conv2d uses them too.
  register('Conv2DBackpropInput', (inputs, attrs, backend) => {
    const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
    const shape = attrs.inputShape as number[];
    const fields = fieldsOf(geometry(shape, filter.shape, attrs), groupsOf(attrs));
    return run('conv_input_gradient', [dy, filter], shape, fields, backend);
  });
  register('Conv2DBackpropFilter', (inputs, attrs, backend) => {
    const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
    const shape = attrs.filterShape as number[];
    const fields = fieldsOf(geometry(x.shape, shape, attrs), groupsOf(attrs));
    return run('conv_filter_gradient', [x, dy], shape, fields, backend);
  });
}

/** Every convolution, with gradients that tf.js itself refuses (groups, dilation). */
export function conv2d(x: Tensor4D, kernel: Tensor4D, attrs: ConvAttrs): Tensor4D {
  const { strides, padding: pad, dilationRate, groups } = attrs;
  const kernelAttrs = { strides: [...strides], dilations: [...dilationRate], pad, groups };
  const run = (name: string, inputs: Record<string, Tensor>, more = {}) =>
    tf.engine().runKernel(name, inputs, { ...kernelAttrs, ...more }) as Tensor4D;
  return tf.customGrad((a, b, save) => {
    (save as (tensors: Tensor[]) => void)([a as Tensor, b as Tensor]);
    const value = run('StemmaConv2D', { x: a as Tensor, filter: b as Tensor });
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [sx, sk] = saved as [Tensor4D, Tensor4D];
      return [
        run('Conv2DBackpropInput', { dy, filter: sk }, { inputShape: sx.shape }),
        run('Conv2DBackpropFilter', { x: sx, dy }, { filterShape: sk.shape }),
      ];
    };
    return { value, gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor };
  })(x, kernel) as Tensor4D;
}
