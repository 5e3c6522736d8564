/** What of a network can be left out of a graph, because a neighbour does it at no cost. */
import { type Layer, layerAt, type Network } from '../../network/network.ts';

export interface Plan {
  /** Zero paddings that the convolution after them does; by their path. */
  readonly absorbed: ReadonlySet<string>;
  /** [top, bottom, left, right] of such a padding, by the path of the convolution. */
  readonly padding: ReadonlyMap<string, readonly number[]>;
  /**
   * Convolutions whose bias a batch norm takes away again at once, by their path. In training the bias changes nothing
   * but the running mean, and its gradient is 0: Ioffe & Szegedy 2015, section 3.2.
   */
  readonly biasInto: ReadonlySet<string>;
  /** The convolution whose bias a batch norm takes over. */
  biasOf(batchNorm: Layer): Layer | undefined;
}

export interface InferencePlan extends Plan {
  /** Convolutions with what comes after them in one, by their path. */
  readonly folded: ReadonlyMap<string, { readonly batchNorm: Layer | undefined; readonly relu: boolean }>;
  /** Layers that a folded convolution does, by their path. */
  readonly done: ReadonlySet<string>;
}

/** The one layer that reads this one; undefined where there are several or none. */
function onlyReaders(network: Network): (layer: Layer) => Layer | undefined {
  const readers = network.layers.map((): Layer[] => []);
  for (const layer of network.layers) for (const input of layer.inputs) readers[input]?.push(layer);
  const places = new Map(network.layers.map((layer, i) => [layer.path, i]));
  return (layer) => {
    const [next, ...others] = readers[places.get(layer.path) as number] ?? [];
    return others.length > 0 ? undefined : next;
  };
}

function paddingsOf(network: Network) {
  const next = onlyReaders(network);
  const absorbed = new Set<string>();
  const padding = new Map<string, readonly number[]>();
  for (const layer of network.layers) {
    if (layer.op !== 'zeroPadding' || layer.attrs.fill !== 'zero') continue;
    const reader = next(layer);
    if (reader?.op !== 'conv2d' || reader.attrs.padding !== 'valid') continue;
    // TensorFlow's gradient for the kernel takes its own padding only without groups.
    if (reader.attrs.groups !== 1) continue;
    absorbed.add(layer.path);
    padding.set(reader.path, layer.attrs.padding as readonly number[]);
  }
  return { absorbed, padding };
}

export function planOf(network: Network): Plan {
  const next = onlyReaders(network);
  const biasOf = new Map<string, Layer>();
  for (const layer of network.layers) {
    const reader = layer.op === 'conv2d' && layer.attrs.useBias ? next(layer) : undefined;
    if (reader?.op === 'batchNorm') biasOf.set(reader.path, layer);
  }
  const biasInto = new Set([...biasOf.values()].map((layer) => layer.path));
  return { ...paddingsOf(network), biasInto, biasOf: (layer) => biasOf.get(layer.path) };
}

export function inferencePlanOf(network: Network): InferencePlan {
  const next = onlyReaders(network);
  const folded = new Map<string, { batchNorm: Layer | undefined; relu: boolean }>();
  const done = new Set<string>();
  const output = layerAt(network, network.output);
  for (const layer of network.layers) {
    if (layer.op !== 'conv2d') continue;
    const after = next(layer);
    const batchNorm = after?.op === 'batchNorm' ? after : undefined;
    const then = next(batchNorm ?? layer);
    const relu = then?.op === 'activation' && then.attrs.function === 'relu' && then !== output;
    if (batchNorm) done.add(batchNorm.path);
    if (relu && then) done.add(then.path);
    folded.set(layer.path, { batchNorm, relu });
  }
  return { ...paddingsOf(network), biasInto: new Set(), biasOf: () => undefined, folded, done };
}
