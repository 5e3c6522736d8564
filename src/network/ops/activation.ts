import { choice } from '../../schema/params.ts';
import { defineOp } from '../op.ts';

export const activationNames = ['relu', 'gelu', 'silu', 'sigmoid', 'tanh', 'leakyRelu', 'softmax'] as const;

/**
 * Any shape → the same. relu: Nair & Hinton 2010; gelu (exact, with erf): Hendrycks & Gimpel 2016; silu: x·σ(x);
 * leakyRelu: slope 0.2 below zero, as TensorFlow's default; softmax over the last axis.
 */
export const activation = defineOp({
  title: 'Activation',
  help: 'A function applied to every number; without one, stacked layers collapse into a single linear one.',
  source: 'https://keras.io/api/layers/activations/',
  category: 'activation',
  arity: 1,
  params: { function: choice({ options: activationNames, default: 'relu', help: 'Which function.' }) },
  infer: ([input]) => ({ shape: input as readonly number[] }),
});
