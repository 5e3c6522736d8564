/** A session that goes on from a state does what the one would have done that it was taken of, bit for bit. */
import { expect, test } from 'vitest';
import type { Session } from '../compile/session.ts';
import { completeRecipe, recipeSchema } from '../recipe/recipe.ts';
import { initialise } from '../weights/initialise.ts';
import type { Weights } from '../weights/tensors.ts';
import { portable } from './portable.node.ts';
import { locateTensorFlow } from './tensorflow/locate.node.ts';
import { tensorflow } from './tensorflow.node.ts';
import { chainBatch, chainOf } from './testing-chains.ts';

const engines = locateTensorFlow().library ? [portable, tensorflow] : [portable];
const network = chainOf(
  ['conv2d', { filters: 4 }],
  ['batchNorm'],
  ['activation'],
  ['dropout', { rate: 0.3 }],
  ['add'],
);
const optimizers: readonly string[] = recipeSchema.optimizer.options ?? [];

async function stepsOf(session: Session, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++)
    losses.push((await session.step(chainBatch, step, 0.01 / (step + 1))).loss);
  return losses;
}

const plain = (weights: Weights) =>
  Object.fromEntries([...weights].map(([path, { data }]) => [path, [...data]]));

test.each(engines.flatMap((engine) => optimizers.map((optimizer) => ({ engine, optimizer }))))(
  '$engine.id, $optimizer',
  async ({ engine, optimizer }) => {
    const recipe = completeRecipe({ optimizer, weightDecay: 0.01, clipNorm: 0.5, ema: 0.9, seed: 3 });
    const whole = await engine.open(network, initialise(network, 1), recipe);
    const losses = await stepsOf(whole, 0, 6);
    const first = await engine.open(network, initialise(network, 1), recipe);
    await stepsOf(first, 0, 3);
    const { weights, ...from } = await first.state();
    first.dispose();
    const second = await engine.open(network, weights, { ...recipe, from });
    expect(await second.state()).toEqual({ weights, ...from });
    expect(await stepsOf(second, 3, 6)).toEqual(losses.slice(3));
    const [a, b] = [await whole.state(), await second.state()];
    expect(b.steps).toBe(6);
    expect(plain(b.weights)).toEqual(plain(a.weights));
    expect(plain(b.slots)).toEqual(plain(a.slots));
    expect(plain(b.averages)).toEqual(plain(a.averages));
    expect(plain(await whole.weights())).toEqual(plain(a.averages));
    expect(plain(a.averages)).not.toEqual(plain(a.weights));
    expect(a.slots.size > 0).toBe(optimizer !== 'sgd');
    whole.dispose();
    second.dispose();
  },
);
