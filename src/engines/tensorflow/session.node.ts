/** A network on TensorFlow: a step is one function, weights stay on the device. */
import { averagesFrom } from '../../compile/averages.ts';
import { dropoutMask } from '../../compile/dropout.ts';
import { slotFrom, slotNames, slotOf } from '../../compile/optimizer.ts';
import type { Session, SessionOptions } from '../../compile/session.ts';
import { targetsOf } from '../../compile/targets.ts';
import type { Batch } from '../../data/pipeline.ts';
import { layerAt, type Network, weightsOf } from '../../network/network.ts';
import { elementsOf } from '../../network/shape.ts';
import type { Weights } from '../../weights/tensors.ts';
import type { Traits } from './emit.node.ts';
import { compileInference } from './inference-graph.node.ts';
import { DType, type Handle, type Runtime } from './runtime.node.ts';
import { type Compiled, type CompiledStep, compileStep } from './training-graph.node.ts';
import { rateNames, ratesAt } from './updates.node.ts';
import { Variables } from './variables.node.ts';

/** Functions kept: steps (observed or not) and answers for the usual batch, for the last of an epoch, of held-out pictures, for samples. */
const KEPT = 8;
let compiled = 0;

export function openSession(
  runtime: Runtime,
  network: Network,
  weights: Weights,
  options: SessionOptions,
  traits: Traits,
): Session {
  const variables = new Variables(runtime);
  const functions = new Map<string, Compiled>();
  let steps = options.from?.steps ?? 0;
  const paths = weightsOf(network).map(({ path }) => path);
  const averageOf = (path: string) => slotOf(path, 'average');
  /** What answers and is exported in place of a weight. */
  const usedOf = (path: string) => (options.ema > 0 ? averageOf(path) : path);
  for (const { path, shape, trainable } of weightsOf(network)) {
    const tensor = weights.get(path);
    if (!tensor || tensor.shape.join() !== shape.join())
      throw new Error(
        `Stemma's own mistake: weight ${path} should be [${shape.join()}], received [${tensor?.shape.join()}]`,
      );
    variables.create(path, tensor);
    if (options.ema > 0)
      variables.create(averageOf(path), averagesFrom(options.from?.averages, path, tensor));
    if (trainable)
      for (const slot of slotNames(options.optimizer).map((name) => slotOf(path, name)))
        variables.create(slot, slotFrom(options.from?.slots, slot, shape));
  }

  const readAll = (names: readonly string[], variableOf = (name: string) => name): Weights =>
    new Map(names.map((name) => [name, variables.read(variableOf(name))]));

  /** The function of a kind for so many pictures; the one not used for longest makes room. */
  function functionFor<T extends Compiled>(kind: string, count: number, compile: (name: string) => T): T {
    const key = `${kind} ${count}`;
    const found = (functions.get(key) as T | undefined) ?? compile(`stemma_${process.pid}_${compiled++}`);
    functions.delete(key);
    functions.set(key, found);
    for (const [oldest, { name }] of functions) {
      if (functions.size <= KEPT) break;
      functions.delete(oldest);
      runtime.removeFunction(name);
    }
    return found;
  }

  async function call({ name, variables: names }: Compiled, given: readonly Handle[]): Promise<Float32Array> {
    try {
      const inputs = [...given, ...variables.handlesOf(names)];
      const [result] = (await runtime.run(name, inputs, {}, 1)) as [Handle];
      try {
        return runtime.read(result, Float32Array);
      } finally {
        runtime.delete(result);
      }
    } finally {
      for (const handle of given) runtime.delete(handle);
    }
  }

  const scalar = (value: number) => runtime.tensor(DType.float32, [], Float32Array.of(value));
  const imagesOf = (images: Float32Array, count: number) =>
    runtime.tensor(DType.float32, [count, ...layerAt(network, network.input).shape], images);

  return {
    async step(batch: Batch, step, learningRate, { observe = false } = {}) {
      const { count } = batch;
      const classes = layerAt(network, network.output).shape[0] as number;
      const targets = targetsOf(batch, classes, options);
      const made = functionFor(
        `${targets ? 'step by targets' : 'step'}${observe ? ', observed' : ''}`,
        count,
        (name) =>
          compileStep(runtime, network, options, {
            count,
            targets: targets !== undefined,
            traits,
            name,
            observe,
          }),
      );
      const judged = targets
        ? [targets.coefficients, targets.truth].map((values) =>
            runtime.tensor(DType.float32, [count, classes], values),
          )
        : [runtime.tensor(DType.int32, [count], batch.labels)];
      const rates = ratesAt(options, learningRate, ++steps);
      const told = await call(made, [
        imagesOf(batch.images, count),
        ...judged,
        ...rateNames.map((name) => scalar(rates[name])),
        ...masks(made, step),
      ]);
      const observed = made.observation?.(told);
      return { loss: told[0] as number, correct: told[1] as number, ...(observed && { observed }) };
    },
    async predict(images, count) {
      const made = functionFor('answer', count, (name) =>
        compileInference(runtime, network, { count, traits, name }),
      );
      return call({ ...made, variables: made.variables.map(usedOf) }, [imagesOf(images, count)]);
    },
    async weights() {
      return readAll(paths, usedOf);
    },
    async state() {
      const trained = weightsOf(network).filter(({ trainable }) => trainable);
      const slots = trained.flatMap(({ path }) =>
        slotNames(options.optimizer).map((slot) => slotOf(path, slot)),
      );
      const averages = options.ema > 0 ? readAll(paths, averageOf) : new Map();
      return { weights: readAll(paths), slots: readAll(slots), averages, steps };
    },
    dispose() {
      for (const { name } of functions.values()) runtime.removeFunction(name);
      functions.clear();
      variables.dispose();
    },
  };

  function masks({ random }: CompiledStep, step: number): Handle[] {
    return random.map(({ layer, shape }) =>
      runtime.tensor(DType.float32, shape, dropoutMask(layer, elementsOf(shape), options.seed, step)),
    );
  }
}
