/** What can stand at the end of a wire, best first. */
import type { PortRef } from '../../src/document/model.ts';
import { type Lowered, lower, portsOf, startWire } from '../../src/lower/index.ts';
import { type CatalogueItem, type Category, catalogue, categoryOf } from './catalogue.ts';

export interface Candidate {
  readonly item: CatalogueItem;
  /** The port of a new node that the wire would reach. */
  readonly port: string;
  /** What would happen, in a sentence. */
  readonly reason: string;
}

/** What usually follows. */
const followers: Readonly<Record<Category, readonly Category[]>> = {
  ends: ['stages', 'residual', 'layers', 'pooling'],
  stages: ['stages', 'ends', 'residual', 'joining'],
  residual: ['residual', 'stages', 'ends', 'joining'],
  layers: ['normalisation', 'activation', 'joining', 'layers', 'pooling'],
  normalisation: ['activation', 'joining', 'layers'],
  activation: ['layers', 'pooling', 'joining', 'residual'],
  pooling: ['residual', 'stages', 'layers', 'shape', 'ends'],
  joining: ['activation', 'normalisation', 'layers'],
  shape: ['layers', 'activation', 'ends'],
  custom: ['custom', 'residual', 'layers', 'joining'],
};

const rankOf = (order: readonly Category[], category: Category) => {
  const place = order.indexOf(category);
  return place < 0 ? order.length : place;
};

/** Of an output, what it can lead to; of an input, what can lead to it. */
export function candidatesFor(
  lowered: Lowered,
  from: PortRef,
  direction: 'forward' | 'backward',
): readonly Candidate[] {
  const { document } = lowered;
  const forward = direction === 'forward';
  const items = catalogue(document.blocks);
  // All of them stand in one drawing that nobody sees, so that one trial asks for all.
  const placed = items.map((item, i) => ({ item, id: `candidate:${i}` }));
  const made = placed.map(({ item: { type }, id }) => ({
    id,
    type,
    name: `candidate.${id.slice(10)}`,
    params: {},
    x: 0,
    y: 0,
  }));
  const withAll = { ...document, nodes: [...document.nodes, ...made] };
  const trial = startWire(lower(withAll, lowered), from, direction);
  const present = new Set(document.nodes.map((n) => n.type));
  const fitting = placed.flatMap(({ item, id }, i): Candidate[] => {
    const node = made[i];
    // A network has one input and one output.
    if (!node || ((item.type === 'input' || item.type === 'output') && present.has(item.type))) return [];
    const [port] = portsOf(node, document.blocks)[forward ? 'inputs' : 'outputs'];
    if (port === undefined) return [];
    const { fits, reason } = trial.verdict({ node: id, port });
    return fits ? [{ item, port, reason }] : [];
  });
  const type = document.nodes.find((n) => n.id === from.node)?.type ?? '';
  const own = categoryOf(type);
  const order = forward
    ? followers[own]
    : (Object.keys(followers) as Category[]).filter((c) => followers[c].includes(own));
  return fitting
    .map((candidate, i) => ({ candidate, i, rank: rankOf(order, candidate.item.category) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ candidate }) => candidate);
}
