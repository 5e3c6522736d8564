/** A network with its weights on a tf.js backend: steps of training, and answers. */
import type { Batch } from '../data/pipeline.ts';
import { type Network, weightsOf } from '../network/network.ts';
import type { HostTensor, Weights } from '../weights/tensors.ts';
import { Averages, averagesFrom } from './averages.ts';
import { forward } from './forward.ts';
import type { Observation } from './observation.ts';
import { Optimizer } from './optimizer.ts';
import type { SessionOptions, SessionState, StepOptions } from './session.ts';
import { type Targets, targetsOf } from './targets.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type Tensor, tf, type Variable } from './tf.ts';
import { Watch } from './watch.ts';

export interface StepResult {
  /** Mean softmax cross entropy of the batch, before the step; with its recipe's smoothing, weights, mixing. */
  readonly loss: number;
  /** How many of the batch's pictures were right; a mixed one counts by the share of the class that was named. */
  readonly correct: number;
  /** What bringing the weights forward took of the step, where that can be told. */
  readonly updateMs?: number;
  /** Where it was asked for and the engine can tell. */
  readonly observed?: Observation;
}

type Gradients = Readonly<Record<string, Tensor>>;

/** And disposes of it. Engines on a GPU cannot be read without waiting for them. */
async function readNumber(tensor: Tensor): Promise<number> {
  try {
    return (await tensor.data())[0] as number;
  } finally {
    tensor.dispose();
  }
}

/** Whether an op is done when its call returns; one that is only handed over takes its time later. */
const computesAtOnce = () => ['wasm', 'cpu'].includes(tf.getBackend());

/** WebGPU's tensors can only be waited for, which is not possible within a step. */
const readsAtOnce = () => tf.getBackend() !== 'webgpu';

async function copyOf(variables: ReadonlyMap<string, Variable>): Promise<Weights> {
  const read = [...variables].map(async ([path, variable]): Promise<[string, HostTensor]> => {
    return [path, { shape: variable.shape, data: Float32Array.from(await variable.data()) }];
  });
  return new Map(await Promise.all(read));
}

/** Loss and count of right answers, from logits; its tensors belong to the tidy that it is made in. */
function judgeOf({ labels, count }: Batch, classes: number, targets: Targets | undefined) {
  if (!targets) {
    const wanted = tf.tensor1d(labels, 'int32');
    const hot = tf.oneHot(wanted, classes);
    return {
      loss: (logits: Tensor) => tf.neg(tf.mean(tf.sum(tf.mul(hot, tf.logSoftmax(logits)), -1))),
      correct: (logits: Tensor) => tf.sum(tf.equal(tf.argMax(logits, -1), wanted)),
    };
  }
  const [coefficients, truth] = [targets.coefficients, targets.truth].map((values) =>
    tf.tensor2d(values, [count, classes]),
  ) as [Tensor, Tensor];
  return {
    loss: (logits: Tensor) => tf.neg(tf.sum(tf.mul(coefficients, tf.logSoftmax(logits)))),
    correct: (logits: Tensor) => tf.sum(tf.mul(truth, tf.oneHot(tf.argMax(logits, -1), classes))),
  };
}

export class Trainable {
  readonly network: Network;
  readonly #ops: TensorOps;
  readonly #options: SessionOptions;
  readonly #all = new Map<string, Variable>();
  readonly #trained = new Map<string, Variable>();
  readonly #optimizer: Optimizer;
  readonly #averages: Averages | undefined;

  constructor(network: Network, weights: Weights, ops: TensorOps, options: SessionOptions) {
    this.network = network;
    this.#ops = ops;
    this.#options = options;
    this.#optimizer = new Optimizer(options, options.from);
    const { ema, from } = options;
    if (ema > 0) this.#averages = new Averages(ema, from?.steps ?? 0);
    for (const { path, trainable, shape } of weightsOf(network)) {
      const tensor = weights.get(path);
      if (!tensor || tensor.shape.join() !== shape.join())
        throw new Error(
          `Stemma's own mistake: weight ${path} should be [${shape.join()}], received [${tensor?.shape.join()}]`,
        );
      const variable = tf.tidy(() => tf.variable(tf.tensor(tensor.data, [...shape]), trainable));
      this.#all.set(path, variable);
      if (trainable) this.#trained.set(path, variable);
      this.#averages?.begin(path, averagesFrom(from?.averages, path, tensor));
    }
  }

  /** One step of training; `step` counts from 0. */
  async step(
    batch: Batch,
    step: number,
    rate: number,
    { observe = false }: StepOptions = {},
  ): Promise<StepResult> {
    const watch = observe && readsAtOnce() ? new Watch() : undefined;
    const { loss, correct, gradients } = this.#backward(batch, step, watch);
    watch?.gradients(this.#trained, gradients);
    const began = performance.now();
    this.#optimizer.apply(this.#trained, gradients, rate);
    this.#averages?.follow(this.#all);
    const updateMs = performance.now() - began;
    tf.dispose(gradients);
    // Read at the end: an engine on a GPU is then given the whole step before anyone waits for it.
    return {
      ...{ loss: await readNumber(loss), correct: await readNumber(correct) },
      ...(computesAtOnce() && { updateMs }),
      ...(watch && { observed: watch.observation(this.network, this.#trained) }),
    };
  }

  /** Loss, and gradients by variable name; running statistics are brought forward. The caller disposes. */
  async gradients(batch: Batch, step: number): Promise<StepResult & { gradients: Gradients }> {
    const { loss, correct, gradients } = this.#backward(batch, step);
    return { loss: await readNumber(loss), correct: await readNumber(correct), gradients };
  }

  #backward(
    batch: Batch,
    step: number,
    watch?: Watch,
  ): { loss: Tensor; correct: Tensor; gradients: Gradients } {
    const updates: { path: string; value: Tensor }[] = [];
    let right: Tensor | undefined;
    const { value, grads } = tf.tidy(() => {
      const x = tf.tensor(batch.images, [batch.count, ...batch.shape]);
      const classes = this.network.layers[this.network.output]?.shape[0] ?? 0;
      const judge = judgeOf(batch, classes, targetsOf(batch, classes, this.#options));
      return tf.variableGrads(() => {
        const made = forward(this.network, this.#all, x, {
          training: true,
          ops: this.#ops,
          seed: this.#options.seed,
          step,
          watch,
        });
        for (const { path, value } of made.updates) updates.push({ path, value: tf.keep(value) });
        right = tf.keep(judge.correct(made.logits));
        return judge.loss(made.logits) as never;
      }, [...this.#trained.values()]);
    });
    for (const { path, value } of updates) {
      this.#all.get(path)?.assign(value);
      value.dispose();
    }
    return { loss: value, correct: right as unknown as Tensor, gradients: grads };
  }

  /** Gradients of the last call by path: names of variables are tf.js' own. */
  variableOf(path: string): Variable | undefined {
    return this.#all.get(path);
  }

  /** What answers and is exported. */
  get #used(): ReadonlyMap<string, Variable> {
    return this.#averages?.variables ?? this.#all;
  }

  /** Logits [n, classes] with running statistics, as float32. */
  async predict(images: Float32Array, count: number): Promise<Float32Array> {
    const logits = tf.tidy(() => {
      const shape = this.network.layers[this.network.input]?.shape ?? [];
      const x = tf.tensor(images, [count, ...shape]);
      const options = { training: false, ops: this.#ops, seed: this.#options.seed, step: 0 };
      return forward(this.network, this.#used, x, options).logits;
    });
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }

  /** A copy of every weight; of its average where there is one. */
  weights(): Promise<Weights> {
    return copyOf(this.#used);
  }

  async state(): Promise<SessionState> {
    return {
      weights: await copyOf(this.#all),
      averages: await copyOf(this.#averages?.variables ?? new Map()),
      ...(await this.#optimizer.state()),
    };
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#averages?.dispose();
    for (const variable of this.#all.values()) variable.dispose();
  }
}
