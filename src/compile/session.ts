/** A network on an engine: what training, evaluation and export ask for, however the engine runs a step. */
import type { Batch } from '../data/pipeline.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';
import type { OptimizerOptions } from './optimizer.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type StepResult, Trainable } from './trainable.ts';

export interface SessionOptions extends OptimizerOptions {
  /** What dropout's numbers depend on, with the step. */
  readonly seed: number;
}

export interface Session {
  /** One step of training; `step` counts from 0; the learning rate may change at every step. */
  step(batch: Batch, step: number, learningRate: number): Promise<StepResult>;
  /** [count, h, w, c] → logits [count, classes], with running statistics. */
  predict(images: Float32Array, count: number): Promise<Float32Array>;
  /** A copy of every weight. */
  weights(): Promise<Weights>;
  dispose(): void;
}

/** Runs every op as tf.js meets it, on the backend that is set. */
export function openOpByOp(
  network: Network,
  weights: Weights,
  ops: TensorOps,
  options: SessionOptions,
): Session {
  const model = new Trainable(network, weights, ops, options);
  return {
    step: (batch, step, learningRate) => model.step(batch, step, learningRate),
    predict: (images, count) => model.predict(images, count),
    weights: () => model.weights(),
    dispose: () => model.dispose(),
  };
}
