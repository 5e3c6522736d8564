/** Optimisers, by torch.optim's formulas: https://pytorch.org/docs/stable/optim.html */
import type { Recipe } from '../recipe/recipe.ts';
import { type Tensor, tf, type Variable } from './tf.ts';

export type OptimizerOptions = Pick<Recipe, 'optimizer' | 'momentum' | 'weightDecay' | 'clipNorm'>;

/** Added to the length of all gradients, as torch does. */
export const CLIP_EPSILON = 1e-6;
/** Epsilon as tf.js and Keras; torch's default is 1e-8. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** What an optimiser remembers of every weight, each of its shape and 0 at first. */
export function slotNames(optimizer: OptimizerOptions['optimizer']): readonly string[] {
  return { sgd: [], momentum: ['velocity'], nesterov: ['velocity'], adam: ['m', 'v'], adamw: ['m', 'v'] }[
    optimizer
  ];
}

export class Optimizer {
  readonly #options: OptimizerOptions;
  readonly #slots = new Map<string, Variable[]>();
  #steps = 0;

  constructor(options: OptimizerOptions) {
    this.#options = options;
  }

  /** Assigns every variable its value after one step. */
  apply(
    variables: ReadonlyMap<string, Variable>,
    gradients: Readonly<Record<string, Tensor>>,
    rate: number,
  ): void {
    this.#steps++;
    tf.tidy(() => {
      const shortened = this.#shortening(variables, gradients);
      for (const [path, variable] of variables) {
        const gradient = gradients[variable.name];
        if (!gradient) continue;
        const given = shortened ? tf.mul(gradient, shortened) : gradient;
        tf.tidy(() => variable.assign(this.#next(path, variable, given, rate)));
      }
    });
  }

  /** What all gradients are multiplied by, as torch.nn.utils.clip_grad_norm_ does; undefined: nothing. */
  #shortening(
    variables: ReadonlyMap<string, Variable>,
    gradients: Readonly<Record<string, Tensor>>,
  ): Tensor | undefined {
    const { clipNorm } = this.#options;
    if (clipNorm === 0) return undefined;
    const given = [...variables.values()].flatMap(({ name }) => gradients[name] ?? []);
    const squares = given.map((gradient) => tf.sum(tf.square(gradient)));
    return tf.minimum(1, tf.div(clipNorm, tf.add(tf.sqrt(tf.addN(squares)), CLIP_EPSILON)));
  }

  #slotsOf(path: string, like: Tensor, count: number): Variable[] {
    let slots = this.#slots.get(path);
    if (!slots) {
      slots = Array.from({ length: count }, () => tf.keep(tf.variable(tf.zerosLike(like), false)));
      this.#slots.set(path, slots);
    }
    return slots;
  }

  #next(path: string, w: Variable, gradient: Tensor, rate: number): Tensor {
    const { optimizer, momentum, weightDecay } = this.#options;
    const decoupled = optimizer === 'adamw';
    const g = weightDecay > 0 && !decoupled ? tf.add(gradient, tf.mul(w, weightDecay)) : gradient;
    if (optimizer === 'sgd') return tf.sub(w, tf.mul(g, rate));
    if (optimizer === 'momentum' || optimizer === 'nesterov') {
      const [velocity] = this.#slotsOf(path, w, 1) as [Variable];
      velocity.assign(tf.add(tf.mul(velocity, momentum), g));
      const step = optimizer === 'nesterov' ? tf.add(g, tf.mul(velocity, momentum)) : velocity;
      return tf.sub(w, tf.mul(step, rate));
    }
    const [first, second] = this.#slotsOf(path, w, 2) as [Variable, Variable];
    first.assign(tf.add(tf.mul(first, ADAM.beta1), tf.mul(g, 1 - ADAM.beta1)));
    second.assign(tf.add(tf.mul(second, ADAM.beta2), tf.mul(tf.square(g), 1 - ADAM.beta2)));
    const mean = tf.div(first, 1 - ADAM.beta1 ** this.#steps);
    const spread = tf.add(tf.sqrt(tf.div(second, 1 - ADAM.beta2 ** this.#steps)), ADAM.epsilon);
    const decayed = decoupled ? tf.mul(w, 1 - rate * weightDecay) : w;
    return tf.sub(decayed, tf.mul(tf.div(mean, spread), rate));
  }

  dispose(): void {
    for (const slots of this.#slots.values()) for (const slot of slots) slot.dispose();
    this.#slots.clear();
  }
}
