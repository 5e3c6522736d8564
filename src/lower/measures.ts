/**
 * How much of the picture a number of a layer can see. Araujo, Norris and Sim 2019, "Computing Receptive Fields of
 * Convolutional Neural Networks" (https://doi.org/10.23915/distill.00021): a window of k taps, d apart, lets a field
 * grow by (k − 1) · d · jump and its strides multiply the jump; where ways meet, the larger counts.
 */
import type { FragmentLayer, Ref } from '../blocks/fragment.ts';
import type { Shape } from '../network/shape.ts';
import { type Lowered, type LoweredNode, reachesOutput } from './lower.ts';

type Pair = readonly [height: number, width: number];

export interface Field {
  /** In pixels of the input. Windows at the border see less, so this may be larger than the picture. */
  readonly size: Pair;
  /** How far the fields of neighbours are apart, in pixels of the input. */
  readonly jump: Pair;
  /** A pool, a flatten or a dense layer before it sees the whole picture, whose size this is. */
  readonly whole: boolean;
}

interface Seen extends Field {
  readonly picture: Pair;
}

export interface ReceptiveFields {
  /** Of each node's first output; null where its shape is unknown. */
  readonly nodes: ReadonlyMap<string, Field | null>;
  /** What the network's output sees: the whole picture, in most. */
  readonly output: Field | null;
  /** The largest on the way to the output before everything is seen at once: that of the last convolution. */
  readonly features: Field | null;
}

const known = new WeakMap<Lowered, ReceptiveFields>();

export function receptiveFields(lowered: Lowered): ReceptiveFields {
  let fields = known.get(lowered);
  if (!fields) {
    fields = compute(lowered);
    known.set(lowered, fields);
  }
  return fields;
}

function compute(lowered: Lowered): ReceptiveFields {
  const needed = reachesOutput(lowered);
  const ends = new Map<string, readonly (Seen | null)[]>();
  let features: Seen | null = null;
  let output: Seen | null = null;
  for (const [id, item] of lowered.nodes) {
    const layers = throughNode(lowered, item, ends);
    ends.set(
      id,
      item.fragment.outputs.map(({ ref }) => layers.at(ref)),
    );
    if (!needed.has(id)) continue;
    for (const field of layers.all)
      if (
        field &&
        !field.whole &&
        field.size[0] * field.size[1] > (features ? features.size[0] * features.size[1] : 0)
      )
        features = field;
    if (item.node.type === 'output') output ??= layers.all.at(-1) ?? null;
  }
  const nodes = new Map([...ends].map(([id, fields]) => [id, fields[0] ?? null]));
  return { nodes, output, features };
}

function throughNode(
  lowered: Lowered,
  { fragment, sources }: LoweredNode,
  ends: ReadonlyMap<string, readonly (Seen | null)[]>,
): { all: readonly (Seen | null)[]; at: (ref: Ref) => Seen | null } {
  const all: (Seen | null)[] = [];
  const fromPort = (index: number) => {
    const wire = sources[index];
    const port = wire && lowered.portNames.get(wire.from.node)?.outputs.indexOf(wire.from.port);
    return (wire && port !== undefined && ends.get(wire.from.node)?.[port]) ?? null;
  };
  const at = (ref: Ref) => (ref >= 0 ? all[ref] : fromPort(-ref - 1)) || null;
  for (const layer of fragment.layers) {
    const inputs = layer.inputs.map(at);
    all.push(layer.result.shape && !inputs.includes(null) ? through(layer, inputs as Seen[]) : null);
  }
  return { all, at };
}

const seesAll = ({ picture }: Seen): Seen => ({ size: picture, jump: picture, whole: true, picture });

function through({ op, attrs, result }: FragmentLayer, inputs: readonly Seen[]): Seen | null {
  const shape = result.shape as Shape;
  if (op === 'input') {
    const picture: Pair = [shape[0] ?? 1, shape.length > 1 ? (shape[1] ?? 1) : 1];
    return { size: [1, 1], jump: [1, 1], whole: false, picture };
  }
  const [first, ...others] = inputs;
  if (!first) return null;
  const joined = others.reduce(join, first);
  switch (op) {
    case 'conv2d':
      return slide(joined, attrs.kernelSize as Pair, attrs.strides as Pair, attrs.dilationRate as Pair);
    case 'maxPool':
    case 'avgPool':
      return slide(joined, attrs.poolSize as Pair, attrs.strides as Pair, [1, 1]);
    case 'globalAvgPool':
    case 'dense':
    case 'flatten':
    case 'reshape':
      return seesAll(joined);
    default:
      return joined;
  }
}

function slide(seen: Seen, window: Pair, strides: Pair, dilation: Pair): Seen {
  if (seen.whole) return seen;
  const grown = (i: 0 | 1) => seen.size[i] + (window[i] - 1) * dilation[i] * seen.jump[i];
  return {
    ...seen,
    size: [grown(0), grown(1)],
    jump: [seen.jump[0] * strides[0], seen.jump[1] * strides[1]],
  };
}

function join(a: Seen, b: Seen): Seen {
  if (a.whole || b.whole) return a.whole ? a : b;
  const larger = (x: Pair, y: Pair): Pair => [Math.max(x[0], y[0]), Math.max(x[1], y[1])];
  return { ...a, size: larger(a.size, b.size), jump: larger(a.jump, b.jump) };
}
