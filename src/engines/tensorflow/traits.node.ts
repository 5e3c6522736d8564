/**
 * What the library at hand can do, by trying: without oneDNN it lacks gradients of grouped and of
 * dilated convolutions.
 */
import { AppError } from '../../base/errors.ts';
import type { Traits } from './emit.node.ts';
import { Graph } from './graph.node.ts';
import { Operations } from './operations.node.ts';
import type { Attributes, Handle, Runtime } from './runtime.node.ts';

const GEOMETRY = { strides: [1, 1], dilationRate: [1, 1], padding: 'same' } as const;

export function traitsOf(runtime: Runtime): Traits {
  return {
    groups: works(runtime, 'groups', (ops) => {
      const x = ops.broadcast(ops.scalar(1), [1, 4, 4, 4]);
      const kernel = ops.broadcast(ops.scalar(1), [3, 3, 2, 4]);
      const dx = ops.conv2dInputGradient([1, 4, 4, 4], kernel, ops.conv2d(x, kernel, GEOMETRY), GEOMETRY);
      return ops.conv2dKernelGradient(x, [3, 3, 2, 4], dx, GEOMETRY);
    }),
    dilation: works(runtime, 'dilation', (ops) => {
      const shape = { ...GEOMETRY, dilationRate: [2, 2] };
      const x = ops.broadcast(ops.scalar(1), [1, 5, 5, 4]);
      const kernel = ops.broadcast(ops.scalar(1), [3, 3, 4, 4]);
      const dx = ops.conv2dInputGradient([1, 5, 5, 4], kernel, ops.conv2d(x, kernel, shape), shape);
      return ops.conv2dKernelGradient(x, [3, 3, 4, 4], dx, shape);
    }),
    fusedConv2d: works(runtime, 'fused', (ops) => {
      const x = ops.broadcast(ops.scalar(1), [1, 4, 4, 4]);
      const kernel = ops.broadcast(ops.scalar(1), [3, 3, 4, 4]);
      return ops.fusedConv2d(x, kernel, ops.broadcast(ops.scalar(1), [4]), ['BiasAdd', 'Relu'], GEOMETRY);
    }),
  };
}

function works(runtime: Runtime, what: string, build: (ops: Operations) => ReturnType<Operations['add']>) {
  const name = `stemma_${process.pid}_can_${what}`;
  const graph = new Graph(runtime);
  try {
    const output = build(new Operations(graph));
    graph.toFunction(name, { inputs: [], outputs: [output], effects: [] });
    const [result] = runtime.execute(name, [], {} satisfies Attributes, 1) as [Handle];
    runtime.delete(result);
    runtime.removeFunction(name);
    return true;
  } catch (error) {
    // That TensorFlow refuses it is the answer: there is another way for each of these. Anything else is an error.
    if (error instanceof AppError && error.code === 'engine/tensorflow') return false;
    throw error;
  }
}
