/** Which tensor of a network still has height and width when all that was convolved is in it. */
import { type Layer, layerAt, type Network } from '../network/network.ts';

export type FeatureMap =
  | {
      /** Of the layer that makes it. */
      readonly index: number;
      readonly path: string;
      /** [h, w, channels] */
      readonly shape: readonly [number, number, number];
    }
  | { readonly why: string };

/** All layers that a layer is made of, itself among them. */
function ancestorsOf(network: Network, from: number): Set<number> {
  const found = new Set<number>();
  const waiting = [from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    waiting.push(...layerAt(network, index).inputs);
  }
  return found;
}

const isMap = ({ shape }: Layer) => shape.length === 3 && (shape[0] ?? 0) * (shape[1] ?? 0) > 1;

/**
 * The last feature map [h, w, c] that a convolution has its part in, before pooling or flattening takes height and
 * width away: what Grad-CAM is made of (Selvaraju et al. 2017, section 3).
 */
export function featureMapOf(network: Network): FeatureMap {
  const used = [...ancestorsOf(network, network.output)].sort((a, b) => b - a);
  const hasConvolution = used.some((i) => layerAt(network, i).op === 'conv2d');
  if (!hasConvolution)
    return { why: 'This network has no convolution: nothing in it says where in the picture it looked.' };
  for (const index of used) {
    const layer = layerAt(network, index);
    if (!isMap(layer)) continue;
    const convolved = [...ancestorsOf(network, index)].some((i) => layerAt(network, i).op === 'conv2d');
    if (convolved)
      return { index, path: layer.path, shape: layer.shape as unknown as [number, number, number] };
  }
  return {
    why: 'Every convolution of this network makes a single point: nothing says where in the picture it looked.',
  };
}
