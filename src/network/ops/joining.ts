import { defineOp, type Inferred, problem } from '../op.ts';
import { type Shape, sameShape, showShape } from '../shape.ts';

/** Names of the ports of ops that join many tensors: a, b, … z, aa, ab, … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

/** Input `at` does not fit to input `to`, whose shape downstream goes on with. */
function differs(
  code: string,
  inputs: readonly Shape[],
  to: number,
  at: number,
  verb: string,
  advice: string,
): Inferred {
  const [expected, received] = [showShape(inputs[to]), showShape(inputs[at])];
  return {
    shape: inputs[to] as Shape,
    problem: {
      ...problem(
        code,
        expected,
        received,
        `${verb}: expected ${expected} as on input ${letterOf(to)}, received ${received} on input ${letterOf(at)}. ${advice}`,
      ),
      input: at,
      against: to,
    },
  };
}

/** How two shapes that should be equal could become so. */
function equalise(first: Shape, other: Shape, port: string): string {
  if (other.length !== first.length)
    return 'Bring both to the same rank: a picture becomes a vector by a global average pool or a flatten.';
  if (first.length === 1) return `Put a dense layer of ${first[0]} units on input ${port}.`;
  if (first.length === 2) return 'Reshape one of them.';
  return sameShape(other.slice(0, 2), first.slice(0, 2))
    ? `Put a 1×1 convolution with ${first[2]} filters on input ${port}.`
    : 'Use the same strides on both ways, or a strided 1×1 convolution on the larger one.';
}

/** Equal shapes → the same shape: the skip of He et al. 2015. Never broadcasts. */
export const add = defineOp({
  title: 'Add',
  help: 'Adds tensors of equal shape, number by number. The joint of every residual connection.',
  source: 'https://arxiv.org/abs/1512.03385',
  category: 'joining',
  arity: 'many',
  params: {},
  infer(inputs) {
    const first = inputs[0] as Shape;
    const at = inputs.findIndex((shape) => !sameShape(shape, first));
    if (at < 0) return { shape: first };
    const advice = equalise(first, inputs[at] as Shape, letterOf(at));
    return differs('shape/add-mismatch', inputs, 0, at, 'joins different shapes', advice);
  },
});

/** Equal shapes, or [1, 1, c] broadcast over [h, w, c] for squeeze-and-excitation (Hu et al. 2017). */
export const multiply = defineOp({
  title: 'Multiply',
  help: 'Multiplies number by number; one number a channel may scale a whole picture.',
  source: 'https://arxiv.org/abs/1709.01507',
  category: 'joining',
  arity: 'many',
  params: {},
  infer(inputs) {
    // The first that is no [1, 1, c]: the picture which such an input scales.
    const scales = (shape: Shape) => shape.length === 3 && shape[0] === 1 && shape[1] === 1;
    const to = Math.max(
      0,
      inputs.findIndex((shape) => !scales(shape)),
    );
    const first = inputs[to] as Shape;
    const fits = (shape: Shape) =>
      sameShape(shape, first) || (first.length === 3 && sameShape(shape, [1, 1, first[2] as number]));
    const at = inputs.findIndex((shape) => !fits(shape));
    if (at < 0) return { shape: first };
    const other = inputs[at] as Shape;
    const advice =
      first.length === 3 && other.length === 3
        ? `Give it equal shapes, or [1, 1, ${first[2]}] against ${showShape(first)}.`
        : equalise(first, other, letterOf(at));
    return differs('shape/multiply-mismatch', inputs, to, at, 'multiplies shapes that do not fit', advice);
  },
});

/** [..., c1], [..., c2] → [..., c1 + c2]. Huang et al. 2016 (DenseNet). */
export const concat = defineOp({
  title: 'Concatenate',
  help: 'Lays channels side by side.',
  source: 'https://arxiv.org/abs/1608.06993',
  category: 'joining',
  arity: 'many',
  params: {},
  infer(inputs) {
    const first = inputs[0] as Shape;
    const lead = first.slice(0, -1);
    const at = inputs.findIndex((shape) => !sameShape(shape.slice(0, -1), lead));
    if (at >= 0)
      return (inputs[at] as Shape).length !== first.length
        ? differs(
            'shape/concat-mismatch',
            inputs,
            0,
            at,
            'joins pictures and vectors',
            'Bring both to the same rank: a picture becomes a vector by a global average pool or a flatten.',
          )
        : differs(
            'shape/concat-mismatch',
            inputs,
            0,
            at,
            'joins pictures of different size',
            'Height and width must be equal; use the same strides on both ways.',
          );
    const channels = inputs.reduce((sum, shape) => sum + (shape.at(-1) as number), 0);
    return { shape: [...lead, channels] };
  },
});
