/** Moving averages of all weights, running statistics too, that are kept beside them on a tf.js backend. */
import type { HostTensor, Weights } from '../weights/tensors.ts';
import { tf, type Variable } from './tf.ts';

/**
 * What an average keeps of itself at a step, counted from 1. It begins with less, so that it soon forgets the weights
 * that training began with: torch_ema's and TensorFlow's min(decay, (1 + n) / (10 + n)).
 */
export const averageDecay = (ema: number, step: number): number => Math.min(ema, (1 + step) / (10 + step));

/** Of a state, or where it has none, the weights as they are. @throws Error where one is not of its weight's shape */
export function averagesFrom(averages: Weights | undefined, path: string, weight: HostTensor): HostTensor {
  const found = averages?.get(path);
  if (!found) return weight;
  if (found.shape.join() !== weight.shape.join())
    throw new Error(
      `Stemma's own mistake: the average of ${path} should be [${weight.shape.join()}], received [${found.shape.join()}]`,
    );
  return found;
}

export class Averages {
  readonly variables = new Map<string, Variable>();
  readonly #ema: number;
  #steps: number;

  constructor(ema: number, steps: number) {
    this.#ema = ema;
    this.#steps = steps;
  }

  begin(path: string, { shape, data }: HostTensor): void {
    this.variables.set(
      path,
      tf.tidy(() => tf.variable(tf.tensor(data, [...shape]), false)),
    );
  }

  /** After a step of the optimiser. */
  follow(weights: ReadonlyMap<string, Variable>): void {
    const decay = averageDecay(this.#ema, ++this.#steps);
    for (const [path, average] of this.variables)
      tf.tidy(() => {
        const behind = tf.sub(weights.get(path) as Variable, average);
        average.assign(tf.add(average, tf.mul(behind, 1 - decay)));
      });
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.variables.clear();
  }
}
