import { defineOp, type Inferred, problem } from '../op.ts';
import { type Shape, sameShape, showShape } from '../shape.ts';

/** Names of the ports of ops that join many tensors: a, b, … z, aa, ab, … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

function differs(
  code: string,
  first: Shape,
  other: Shape,
  at: number,
  verb: string,
  advice: string,
): Inferred {
  return {
    shape: first,
    problem: {
      ...problem(
        code,
        showShape(first),
        showShape(other),
        `${verb}: expected ${showShape(first)} as on input a, received ${showShape(other)} on input ${letterOf(at)}. ${advice}`,
      ),
      input: at,
    },
  };
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
    const other = inputs[at] as Shape;
    const advice =
      other.length !== first.length
        ? 'Bring both to the same rank.'
        : sameShape(other.slice(0, 2), first.slice(0, 2))
          ? `Put a 1×1 convolution with ${first.at(-1)} filters on input ${letterOf(at)}.`
          : 'Use the same strides on both ways, or a strided 1×1 convolution on the larger one.';
    return differs('shape/add-mismatch', first, other, at, 'joins different shapes', advice);
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
    const first = inputs.reduce<Shape>(
      (best, shape) => (best.length === 3 && best[0] === 1 && best[1] === 1 ? shape : best),
      inputs[0] as Shape,
    );
    const fits = (shape: Shape) =>
      sameShape(shape, first) || (first.length === 3 && sameShape(shape, [1, 1, first[2] as number]));
    const at = inputs.findIndex((shape) => !fits(shape));
    if (at < 0) return { shape: first };
    return differs(
      'shape/multiply-mismatch',
      first,
      inputs[at] as Shape,
      at,
      'multiplies shapes that do not fit',
      'Give it equal shapes, or [1, 1, c] against [h, w, c].',
    );
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
      return differs(
        'shape/concat-mismatch',
        first,
        inputs[at] as Shape,
        at,
        'joins pictures of different size',
        'Height and width must be equal; use the same strides on both ways.',
      );
    const channels = inputs.reduce((sum, shape) => sum + (shape.at(-1) as number), 0);
    return { shape: [...lead, channels] };
  },
});
