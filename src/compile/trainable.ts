/** A network with its weights on a tf.js backend: steps of training, and answers. */
import type { Batch } from '../data/pipeline.ts';
import { type Network, weightsOf } from '../network/network.ts';
import type { HostTensor, Weights } from '../weights/tensors.ts';
import { forward } from './forward.ts';
import { Optimizer, type OptimizerOptions } from './optimizer.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type Tensor, tf, type Variable } from './tf.ts';

export interface StepResult {
  /** Mean softmax cross entropy of the batch, before the step. */
  readonly loss: number;
  /** How many of the batch's pictures were right. */
  readonly correct: number;
}

export class Trainable {
  readonly network: Network;
  readonly #ops: TensorOps;
  readonly #seed: number;
  readonly #all = new Map<string, Variable>();
  readonly #trained = new Map<string, Variable>();
  readonly #optimizer: Optimizer;

  constructor(
    network: Network,
    weights: Weights,
    ops: TensorOps,
    options: OptimizerOptions & { seed: number },
  ) {
    this.network = network;
    this.#ops = ops;
    this.#seed = options.seed;
    this.#optimizer = new Optimizer(options);
    for (const { path, trainable, shape } of weightsOf(network)) {
      const tensor = weights.get(path);
      if (!tensor || tensor.shape.join() !== shape.join())
        throw new Error(
          `Stemma's own mistake: weight ${path} should be [${shape.join()}], received [${tensor?.shape.join()}]`,
        );
      const variable = tf.tidy(() => tf.variable(tf.tensor(tensor.data, [...shape]), trainable));
      this.#all.set(path, variable);
      if (trainable) this.#trained.set(path, variable);
    }
  }

  /** One step of training; `step` counts from 0. */
  step(batch: Batch, step: number, rate: number): StepResult {
    const { loss, correct, gradients } = this.gradients(batch, step);
    this.#optimizer.apply(this.#trained, gradients, rate);
    tf.dispose(gradients);
    return { loss, correct };
  }

  /** Loss, and gradients by variable name; running statistics are brought forward. The caller disposes. */
  gradients(batch: Batch, step: number): StepResult & { gradients: Readonly<Record<string, Tensor>> } {
    const updates: { path: string; value: Tensor }[] = [];
    let right: Tensor | undefined;
    const { value, grads } = tf.tidy(() => {
      const x = tf.tensor(batch.images, [batch.count, ...batch.shape]);
      const labels = tf.tensor1d(batch.labels, 'int32');
      const wanted = tf.oneHot(labels, this.network.layers[this.network.output]?.shape[0] ?? 0);
      return tf.variableGrads(() => {
        const made = forward(this.network, this.#all, x, {
          training: true,
          ops: this.#ops,
          seed: this.#seed,
          step,
        });
        for (const { path, value } of made.updates) updates.push({ path, value: tf.keep(value) });
        right = tf.keep(tf.sum(tf.equal(tf.argMax(made.logits, -1), labels)));
        return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(made.logits)), -1))) as never;
      }, [...this.#trained.values()]);
    });
    for (const { path, value } of updates) {
      this.#all.get(path)?.assign(value);
      value.dispose();
    }
    const loss = value.dataSync()[0] as number;
    const correct = right?.dataSync()[0] ?? 0;
    tf.dispose([value, right as Tensor]);
    return { loss, correct, gradients: grads };
  }

  /** Gradients of the last call by path: names of variables are tf.js' own. */
  variableOf(path: string): Variable | undefined {
    return this.#all.get(path);
  }

  /** Logits [n, classes] with running statistics, as float32. */
  predict(images: Float32Array, count: number): Float32Array {
    return tf.tidy(() => {
      const shape = this.network.layers[this.network.input]?.shape ?? [];
      const x = tf.tensor(images, [count, ...shape]);
      const options = { training: false, ops: this.#ops, seed: this.#seed, step: 0 };
      return forward(this.network, this.#all, x, options).logits.dataSync() as Float32Array;
    });
  }

  /** A copy of every weight. */
  weights(): Weights {
    return new Map(
      [...this.#all].map(([path, variable]): [string, HostTensor] => [
        path,
        { shape: variable.shape, data: Float32Array.from(variable.dataSync()) },
      ]),
    );
  }

  dispose(): void {
    this.#optimizer.dispose();
    for (const variable of this.#all.values()) variable.dispose();
  }
}
