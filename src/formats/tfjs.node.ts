import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs';
import { writeFileSafely } from '../base/files.node.ts';
import { ownLayers, toLayersModel } from '../compile/layers-model.ts';
import { stemmaLayersSource } from '../compile/stemma-layers.node.ts';
import { type Tensor, tf } from '../compile/tf.ts';
import type { Format } from './format.ts';

const MODEL = 'model.json';
const WEIGHTS = 'group1-shard1of1.bin';
const LAYERS = 'stemma-layers.mjs';

/** tf.js LayersModel: model.json and one file of weights. https://www.tensorflow.org/js/guide/save_load */
export const tfjs: Format = {
  id: 'tfjs',
  title: 'TensorFlow.js LayersModel',
  files: [MODEL, WEIGHTS, LAYERS],
  verifiedBy: 'tf.loadLayersModel',
  async write(path, network, weights, about) {
    await mkdir(path, { recursive: true });
    const model = toLayersModel(network, weights);
    const keep = async ({ weightData, ...rest }: io.ModelArtifacts) => {
      const data = new Uint8Array(tf.io.concatenateArrayBuffers([weightData ?? []].flat()));
      await writeFileSafely(join(path, WEIGHTS), data);
      const { modelTopology, weightSpecs } = rest;
      const manifest = {
        format: 'layers-model',
        generatedBy: `Stemma on TensorFlow.js ${tf.version_core}`,
        convertedBy: null,
        userDefinedMetadata: { stemma: about },
        modelTopology,
        weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
      };
      await writeFileSafely(join(path, MODEL), JSON.stringify(manifest));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
    };
    await model.save(tf.io.withSaveHandler(keep));
    const used = ownLayers(model);
    model.dispose();
    const notes = ['Classes and how pictures are prepared stand in model.json, userDefinedMetadata.'];
    if (used.length === 0) return notes;
    await writeFileSafely(join(path, LAYERS), stemmaLayersSource());
    return [
      ...notes,
      `tf.js has no ${used.join(' and ')}: ${LAYERS} beside the model registers it; its head says how.`,
    ];
  },
  async answer(path, network, { images, count }) {
    const manifest = JSON.parse(await readFile(join(path, MODEL), 'utf8')) as {
      modelTopology: object;
      weightsManifest: [{ weights: io.WeightsManifestEntry[] }];
    };
    const bytes = await readFile(join(path, WEIGHTS));
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: manifest.modelTopology,
        weightSpecs: manifest.weightsManifest[0].weights,
        weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
      }),
    );
    const shape = network.layers[network.input]?.shape ?? [];
    const logits = tf.tidy(() => (model.predict(tf.tensor(images, [count, ...shape])) as Tensor).dataSync());
    model.dispose();
    return Float32Array.from(logits);
  },
};
