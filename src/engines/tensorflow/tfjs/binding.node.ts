/**
 * What tfjs-node's backend and kernels ask of their native side (`tfjs_binding.d.ts` of 4.22), over the C API: the same
 * operations, without the add-on that has to be downloaded or compiled.
 */
import { AppError } from '../../../base/errors.ts';
import { type Attribute, DType, type Handle, type Runtime } from '../runtime.node.ts';

interface OpAttribute {
  readonly name: string;
  /** TF_AttrType. */
  readonly type: number;
  readonly value: unknown;
}

interface Metadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

const AttrType = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;
const TypeOf = new Map<number, new (length: number) => Float32Array | Int32Array | Uint8Array>([
  [DType.float32, Float32Array],
  [DType.int32, Int32Array],
  [DType.bool, Uint8Array],
  [DType.uint8, Uint8Array],
]);

function attributeOf({ name, type, value }: OpAttribute): readonly [string, Attribute] {
  const many = Array.isArray(value);
  switch (type) {
    case AttrType.type:
      return [name, ['type', value as number]];
    case AttrType.int:
      return [name, many ? ['ints', value as number[]] : ['int', value as number]];
    case AttrType.float:
      return [name, many ? ['floats', value as number[]] : ['float', value as number]];
    case AttrType.bool:
      return [name, many ? ['bools', value as boolean[]] : ['bool', value as boolean]];
    case AttrType.string:
      return [name, ['string', String(value)]];
    case AttrType.shape:
      return [name, ['shape', value as number[]]];
    default:
      throw new AppError('engine/tensorflow', `tf.js passed attribute '${name}' of an unknown kind ${type}.`);
  }
}

/** A TFJSBinding. Strings, complex numbers and saved models are not needed here and are refused in words. */
export function bindingOver(runtime: Runtime) {
  const handles = new Map<number, Handle>();
  let next = 0;
  const add = (handle: Handle) => {
    handles.set(next, handle);
    return next++;
  };
  const find = (id: number): Handle => {
    const handle = handles.get(id);
    if (handle === undefined)
      throw new AppError('engine/tensorflow', `tf.js asked for tensor ${id}, which is gone.`);
    return handle;
  };
  const refused = () => {
    throw new AppError('engine/tensorflow', 'Saved models are not read by this engine.');
  };
  return {
    ...{ TF_FLOAT: 1, TF_INT32: 3, TF_UINT8: 4, TF_STRING: 7, TF_COMPLEX64: 8, TF_INT64: 9, TF_BOOL: 10 },
    ...{ TF_RESOURCE: 20, TF_ATTR_STRING: 0, TF_ATTR_INT: 1, TF_ATTR_FLOAT: 2, TF_ATTR_BOOL: 3 },
    ...{ TF_ATTR_TYPE: 4, TF_ATTR_SHAPE: 5, TF_ATTR_RESOURCE: 10, TF_Version: runtime.version },
    isUsingGpuDevice: () => runtime.devices.some(({ type }) => type === 'GPU'),
    getNumOfTensors: () => handles.size,
    getNumOfSavedModels: () => 0,
    createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number {
      if (!TypeOf.has(dtype))
        throw new AppError(
          'engine/tensorflow',
          `tf.js made a tensor of type ${dtype}, which this engine lacks.`,
        );
      return add(runtime.tensor(dtype as DType, shape, values));
    },
    deleteTensor(id: number): void {
      runtime.delete(find(id));
      handles.delete(id);
    },
    tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array {
      const handle = find(id);
      const dtype = runtime.dtypeOf(handle);
      const Type = TypeOf.get(dtype);
      if (!Type) throw new AppError('engine/tensorflow', `tf.js reads a tensor of type ${dtype}.`);
      return runtime.read(handle, Type);
    },
    executeOp(
      name: string,
      attributes: readonly OpAttribute[],
      inputs: readonly number[],
      outputs: number,
    ): Metadata[] {
      const made = runtime.execute(
        name,
        inputs.map(find),
        Object.fromEntries(attributes.map(attributeOf)),
        outputs,
      );
      return made.map((handle) => ({
        id: add(handle),
        shape: runtime.shapeOf(handle),
        dtype: runtime.dtypeOf(handle),
      }));
    },
    ...{ loadSavedModel: refused, deleteSavedModel: refused, runSavedModel: refused },
  };
}
