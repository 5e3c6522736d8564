/** What a look says of the nodes of a drawing: each sums up the layers below its name. */
import type { Figure, Look } from './telemetry.ts';

export interface NodeFigures {
  /** Of what the node gives on: its last layer that was looked at. */
  readonly mean?: number;
  readonly std?: number;
  /** The largest share of dead channels among its ReLUs, and which one that is. */
  readonly dead?: number;
  readonly deadPath?: string;
  /** Length of all its gradients together. */
  readonly gradient?: number;
  /** Length of what a step changed, beside the length of its weights. */
  readonly ratio?: number;
  /** Of the time of all layers. */
  readonly time?: number;
}

/** The node whose name is the longest beginning of a path; a name ends where the path has a '/' or ends. */
export function nodeOf(path: string, names: ReadonlySet<string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const name = path.slice(0, end);
    if (names.has(name)) return name;
  }
  return undefined;
}

function grouped<T>(of: Readonly<Record<string, T>>, names: ReadonlySet<string>): Map<string, [string, T][]> {
  const groups = new Map<string, [string, T][]>();
  for (const [path, value] of Object.entries(of)) {
    const name = nodeOf(path, names);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push([path, value]);
    else groups.set(name, [[path, value]]);
  }
  return groups;
}

const isFigure = (value: Figure | undefined): value is number => typeof value === 'number';
const length = (values: readonly Figure[]) =>
  values.every(isFigure) ? Math.hypot(...(values as number[])) : undefined;

/** A step's length beside that of what it changes; undefined of weights that are all 0. */
export function ratioOf(weights: readonly { readonly norm: Figure; readonly update: Figure }[]) {
  const [norm, update] = [length(weights.map((w) => w.norm)), length(weights.map((w) => w.update))];
  return norm !== undefined && update !== undefined && norm > 0 ? update / norm : undefined;
}

const defined = <T extends object>(of: T): T =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined && value !== null)) as T;

/**
 * By node name; nodes without layers that were looked at are absent.
 * @param macs multiply–accumulates by layer path: the time's shares, where the engine could not measure them
 */
export function figuresByNode(
  look: Look,
  nodeNames: Iterable<string>,
  macs: Readonly<Record<string, number>> = {},
): Map<string, NodeFigures> {
  const names = new Set(nodeNames);
  const found = new Map<string, NodeFigures>();
  const add = (name: string, figures: Partial<Record<keyof NodeFigures, unknown>>) =>
    found.set(name, { ...found.get(name), ...(defined(figures) as NodeFigures) });
  for (const [name, layers] of grouped(look.activations, names)) {
    const [, last] = layers.at(-1) as (typeof layers)[0];
    const relus = layers.filter(([, { dead }]) => isFigure(dead));
    const [worst] = relus.sort(([, a], [, b]) => (b.dead as number) - (a.dead as number));
    add(name, { mean: last.mean, std: last.std, dead: worst?.[1].dead, deadPath: worst?.[0] });
  }
  for (const [name, weights] of grouped(look.weights, names)) {
    const all = weights.map(([, weight]) => weight);
    add(name, { gradient: length(all.map((weight) => weight.gradient)), ratio: ratioOf(all) });
  }
  const times: Readonly<Record<string, Figure>> = look.layerMs ?? macs;
  const total = Object.values(times).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  if (total > 0)
    for (const [name, layers] of grouped(times, names))
      add(name, { time: layers.reduce((sum, [, ms]) => sum + (ms ?? 0), 0) / total });
  return found;
}
