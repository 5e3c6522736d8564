/** Optimisers, by torch.optim's formulas: https://pytorch.org/docs/stable/optim.html */
import { elementsOf } from '../network/shape.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { HostTensor, Weights } from '../weights/tensors.ts';
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

/** The name of a weight's slot, in states and on devices. */
export function slotOf(weight: string, slot: string): string {
  return `${weight}#${slot}`;
}

/** A slot of a state, or zeros where it has none. @throws Error where it is not of its weight's shape */
export function slotFrom(slots: Weights | undefined, name: string, shape: readonly number[]): HostTensor {
  const found = slots?.get(name);
  if (!found) return { shape, data: new Float32Array(elementsOf(shape)) };
  if (found.shape.join() !== shape.join())
    throw new Error(
      `Stemma's own mistake: ${name} should be [${shape.join()}], received [${found.shape.join()}]`,
    );
  return found;
}

export interface OptimizerState {
  readonly slots: Weights;
  readonly steps: number;
}

export class Optimizer {
  readonly #options: OptimizerOptions;
  readonly #names: readonly string[];
  readonly #slots = new Map<string, Variable[]>();
  readonly #from: Weights | undefined;
  #steps: number;

  constructor(options: OptimizerOptions, from?: OptimizerState) {
    this.#options = options;
    this.#names = slotNames(options.optimizer);
    this.#from = from?.slots;
    this.#steps = from?.steps ?? 0;
  }

  /** A copy. */
  async state(): Promise<OptimizerState> {
    const slots = new Map<string, HostTensor>(this.#from);
    for (const [path, variables] of this.#slots)
      for (const [i, variable] of variables.entries())
        slots.set(slotOf(path, this.#names[i] as string), {
          shape: variable.shape,
          data: Float32Array.from(await variable.data()),
        });
    return { slots, steps: this.#steps };
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

  #slotsOf(path: string, { shape }: Tensor): Variable[] {
    let slots = this.#slots.get(path);
    if (!slots) {
      slots = this.#names.map((name) => {
        const { data } = slotFrom(this.#from, slotOf(path, name), shape);
        return tf.keep(tf.variable(tf.tensor(data, shape), false));
      });
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
      const [velocity] = this.#slotsOf(path, w) as [Variable];
      velocity.assign(tf.add(tf.mul(velocity, momentum), g));
      const step = optimizer === 'nesterov' ? tf.add(g, tf.mul(velocity, momentum)) : velocity;
      return tf.sub(w, tf.mul(step, rate));
    }
    const [first, second] = this.#slotsOf(path, w) as [Variable, Variable];
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
