import type { layers } from '@tensorflow/tfjs';

type LayerClass = new (config: object) => layers.Layer;

export function registerStemmaLayers(tf: object): {
  readonly StemmaGroupedConv2D: LayerClass;
  readonly StemmaLowestPadding2D: LayerClass;
};
