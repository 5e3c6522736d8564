/** Pictures of a network's inside, from its weights as they were stored last. */
import { AppError } from '../../base/errors.ts';
import { forward } from '../../compile/forward.ts';
import { filtersOf, mapsOf, type Panels } from '../../compile/layer-pictures.ts';
import { type Tensor, tf } from '../../compile/tf.ts';
import { portableOps } from '../../engines/portable/backend.node.ts';
import type { Layer, Network } from '../../network/network.ts';
import type { RunReader } from '../../runs/store.node.ts';
import type { LayerFilters, LayerMaps } from '../contract.ts';
import { readSamples } from '../notes.ts';
import { pixelsOf } from '../pictures.ts';
import { seenBy } from './asked-picture.node.ts';
import type { Trained } from './trained.node.ts';

interface Inspected {
  readonly run: RunReader;
  readonly trained: Trained;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly step: number | null;
}

/** @throws AppError('inspect/layer') */
function layerOf({ layers }: Network, path: string): { layer: Layer; index: number } {
  const index = layers.findIndex((layer) => layer.path === path);
  const layer = layers[index];
  if (layer) return { layer, index };
  throw new AppError('inspect/layer', `The network has no layer '${path}'.`);
}

const asPictures = ({ bytes, count, height, width, channels }: Panels) => ({
  ...{ pixels: pixelsOf(bytes), count, height, width, channels },
});

/** @throws AppError('inspect/picture') */
function sampleOf(run: RunReader, index: number) {
  const samples = readSamples(run.note('samples'));
  if (!samples || index >= samples.count)
    throw new AppError('inspect/picture', `The run has no sample picture ${index + 1}.`, {
      hint: 'Sample pictures are stored when a run begins.',
    });
  const { height, width, channels } = samples;
  const size = height * width * channels;
  const all = new Uint8Array(Buffer.from(samples.pixels, 'base64'));
  return { data: all.slice(index * size, (index + 1) * size), height, width, channels };
}

export async function inspectMaps(
  { run, trained, tensors, step }: Inspected,
  { path, picture }: { readonly path: string; readonly picture: number },
): Promise<LayerMaps> {
  const { network, shape } = trained;
  const { layer, index } = layerOf(network, path);
  const { images, bytes } = seenBy(trained, sampleOf(run, picture));
  const made = tf.tidy(() => {
    const x = tf.tensor(images, [1, ...shape]);
    const options = { training: false, ops: portableOps, seed: 0, step: 0 };
    return (forward(network, tensors, x, options).values[index] as Tensor).clone();
  });
  const values = (await made.data()) as Float32Array;
  made.dispose();
  const [h = 1, w = 1, c = 1] = layer.shape.length === 3 ? layer.shape : [1, 1, layer.shape[0]];
  const panels = mapsOf(values, [h, w, c]);
  const [height, width, channels] = shape;
  return {
    ...{ path, step, total: panels.total, ...asPictures(panels) },
    picture: { pixels: pixelsOf(bytes), count: 1, height, width, channels },
  };
}

/** @throws AppError('inspect/filters') of a layer that is no convolution */
export async function inspectFilters(
  { trained, tensors, step }: Inspected,
  { path }: { readonly path: string },
): Promise<LayerFilters> {
  const { layer } = layerOf(trained.network, path);
  const kernel = layer.op === 'conv2d' ? tensors.get(`${path}/kernel`) : undefined;
  if (!kernel)
    throw new AppError('inspect/filters', `Layer '${path}' (${layer.op}) has no filters.`, {
      hint: 'Convolutions have some.',
    });
  const panels = filtersOf(
    (await kernel.data()) as Float32Array,
    kernel.shape as [number, number, number, number],
  );
  const { total, lengths } = panels;
  return { path, step, total, lengths, ...asPictures(panels) };
}
