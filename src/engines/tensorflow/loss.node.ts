/** Softmax cross entropy with its gradient, and how many answers were right. */
import type { Output } from './c-api.node.ts';
import type { Graph } from './graph.node.ts';
import type { Operations } from './operations.node.ts';
import { DType } from './runtime.node.ts';

export interface Loss {
  /** What goes into the function for each batch. */
  readonly inputs: readonly Output[];
  readonly loss: Output;
  readonly dlogits: Output;
  readonly correct: Output;
}

/** [count, classes] */
type Logits = { readonly out: Output; readonly count: number; readonly classes: number };

const axis = (graph: Graph) => graph.constant(DType.int32, [], Int32Array.of(-1));
const answersOf = (graph: Graph, logits: Output) =>
  graph.op('ArgMax', [logits, axis(graph)], { output_type: ['type', DType.int32] });

/** Mean over the batch, of one label a picture: [count]. */
export function sparseLoss(ops: Operations, { out: logits, count }: Logits): Loss {
  const { graph } = ops;
  const labels = graph.placeholder(DType.int32, [count], 'labels');
  const { oper } = graph.op('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], {
    T: ['type', DType.float32],
    Tlabels: ['type', DType.int32],
  });
  const equal = graph.op('Equal', [answersOf(graph, logits), labels], { T: ['type', DType.int32] });
  const ones = graph.op('Cast', [equal], { SrcT: ['type', DType.bool], DstT: ['type', DType.float32] });
  return {
    inputs: [labels],
    loss: ops.mean({ oper, index: 0 }, [0]),
    dlogits: ops.scale({ oper, index: 1 }, 1 / count),
    correct: ops.sum(ones, [0]),
  };
}

/** Of `compile/targets.ts`: −Σ coefficients · log softmax, whose gradient is softmax · Σ coefficients − coefficients. */
export function targetsLoss(ops: Operations, { out: logits, count, classes }: Logits): Loss {
  const { graph } = ops;
  const coefficients = graph.placeholder(DType.float32, [count, classes], 'coefficients');
  const truth = graph.placeholder(DType.float32, [count, classes], 'truth');
  const logs = ops.plain('LogSoftmax', logits);
  const whole = ops.sum(coefficients, [1], true);
  const depth = graph.constant(DType.int32, [], Int32Array.of(classes));
  const answers = graph.op('OneHot', [answersOf(graph, logits), depth, ops.scalar(1), ops.scalar(0)], {
    T: ['type', DType.float32],
    TI: ['type', DType.int32],
  });
  return {
    inputs: [coefficients, truth],
    loss: ops.plain('Neg', ops.sum(ops.mul(coefficients, logs), [0, 1])),
    dlogits: ops.sub(ops.mul(ops.plain('Exp', logs), whole), coefficients),
    correct: ops.sum(ops.mul(truth, answers), [0, 1]),
  };
}
