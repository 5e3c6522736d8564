/** A network on an engine: what training, evaluation and export ask for, however the engine runs a step. */
import type { Batch } from '../data/pipeline.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';
import type { OptimizerOptions } from './optimizer.ts';
import type { LossOptions } from './targets.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type StepResult, Trainable } from './trainable.ts';

/** What a session has come to: with it another goes on as if nothing had been between. */
export interface SessionState {
  readonly weights: Weights;
  /** What the optimiser remembers, by `slotOf`: empty for plain gradient descent. */
  readonly slots: Weights;
  /** Moving averages of all weights, by path; empty where none are kept. */
  readonly averages: Weights;
  /** Steps that the optimiser has done. */
  readonly steps: number;
}

export interface SessionOptions extends OptimizerOptions, LossOptions {
  /** What dropout's numbers depend on, with the step. */
  readonly seed: number;
  /** Decay of the moving averages of the weights, with which it answers then; 0: none are kept. */
  readonly ema: number;
  /** Where the weights given are those of a state: the rest of it. Absent: from the beginning. */
  readonly from?: Omit<SessionState, 'weights'>;
}

export interface StepOptions {
  /** Look at the network while it learns; the step is the same bit for bit, and takes longer. */
  readonly observe?: boolean;
}

export interface Session {
  /** One step of training; `step` counts from 0; the learning rate may change at every step. */
  step(batch: Batch, step: number, learningRate: number, options?: StepOptions): Promise<StepResult>;
  /** [count, h, w, c] → logits [count, classes], with running statistics; by the averages where `ema` is above 0. */
  predict(images: Float32Array, count: number): Promise<Float32Array>;
  /** A copy of every weight that `predict` uses: what is judged is what is stored and exported. */
  weights(): Promise<Weights>;
  /** A copy of all that the next step depends on, beside its batch. */
  state(): Promise<SessionState>;
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
    step: (batch, step, learningRate, options) => model.step(batch, step, learningRate, options),
    predict: (images, count) => model.predict(images, count),
    weights: () => model.weights(),
    state: () => model.state(),
    dispose: () => model.dispose(),
  };
}
