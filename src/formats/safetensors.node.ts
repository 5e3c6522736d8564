import { toLayersModel } from '../compile/layers-model.ts';
import { type Tensor, tf } from '../compile/tf.ts';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.node.ts';
import type { Format } from './format.ts';

/** Weights alone, by Stemma's paths and in its layout: kernels [kh, kw, c / groups, filters]. */
export const safetensors: Format = {
  id: 'safetensors',
  title: 'safetensors',
  extension: 'safetensors',
  verifiedBy: 'our reader and stock tf.js layers',
  async write(path, _, weights, about) {
    await writeSafetensors(path, weights, { format: 'stemma', about: JSON.stringify(about) });
    return [
      'Names are Stemma’s paths; kernels are [height, width, channels / groups, filters]. Classes and how pictures are prepared stand in its metadata.',
    ];
  },
  async answer(path, network, { images, count }) {
    const { weights } = await readSafetensors(path);
    const model = toLayersModel(network, weights);
    const shape = network.layers[network.input]?.shape ?? [];
    const logits = tf.tidy(() => (model.predict(tf.tensor(images, [count, ...shape])) as Tensor).dataSync());
    model.dispose();
    return Float32Array.from(logits);
  },
};
