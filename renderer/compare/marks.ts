/** What of a drawing another one lacks, or has otherwise. */
import type { ChangeKind, DrawingChange } from '../../src/compare/changes.ts';
import type { DocumentDifference } from '../../src/compare/document-difference.ts';
import { showChange } from '../../src/compare/field-words.ts';
import type { StemmaDocument, Wire } from '../../src/document/model.ts';
import { wireKey } from '../state/editor.ts';

/** Which of the two drawings: the first or the second. */
export type Side = 0 | 1;

export interface Mark {
  readonly kind: ChangeKind;
  /** What is written beside the node, a line each. */
  readonly lines: readonly string[];
}

export interface Marks {
  /** By id. */
  readonly nodes: ReadonlyMap<string, Mark>;
  /** By where they end. */
  readonly wires: ReadonlyMap<string, ChangeKind>;
}

/** The first shows what goes away, the second what comes; both what changes, and what is inside a changed block. */
export function marksOf(difference: DocumentDifference, side: Side, document: StemmaDocument): Marks {
  const { changed, removed, added, wiresAdded, wiresRemoved, blocks } = difference;
  const nodes = new Map<string, Mark>();
  const innerChanged = new Set(blocks.changed.map((b) => (side === 0 ? b.before : b.after).type));
  for (const { id, type } of document.nodes)
    if (innerChanged.has(type)) nodes.set(id, { kind: 'changed', lines: ['its inside changed'] });
  for (const { before, after, params } of changed) {
    const renamed = before.name === after.name ? [] : [`name ${before.name} → ${after.name}`];
    const [node] = side === 0 ? [before] : [after];
    const inner = nodes.get(node.id)?.lines ?? [];
    nodes.set(node.id, { kind: 'changed', lines: [...renamed, ...params.map(showChange), ...inner] });
  }
  const [kind, own, wires] =
    side === 0 ? (['removed', removed, wiresRemoved] as const) : (['added', added, wiresAdded] as const);
  for (const node of own) nodes.set(node.id, { kind, lines: [] });
  return { nodes, wires: new Map(wires.map((wire: Wire) => [wireKey(wire.to), kind])) };
}

export const signs: Readonly<Record<ChangeKind, string>> = { added: '+', removed: '−', changed: '~' };

export interface Places {
  readonly before: string | null;
  readonly after: string | null;
}

/** The nodes to look at for a change: where one drawing has none, the one that feeds it or that it feeds. */
export function placesOfChange(
  change: DrawingChange,
  { matches }: DocumentDifference,
  before: StemmaDocument,
  after: StemmaDocument,
): Places {
  const back = new Map([...matches].map(([a, b]) => [b, a]));
  if (change.inside !== undefined) {
    const use = after.nodes.find((n) => n.type === change.inside);
    if (use) return { before: back.get(use.id) ?? null, after: use.id };
    const was = before.nodes.find((n) => n.type === change.inside);
    return { before: was?.id ?? null, after: matches.get(was?.id ?? '') ?? null };
  }
  const near = (id: string, { wires }: StemmaDocument, other: (id: string) => string | undefined) =>
    wires.flatMap(({ from, to }) =>
      to.node === id ? (other(from.node) ?? []) : from.node === id ? (other(to.node) ?? []) : [],
    )[0] ?? null;
  const a =
    change.before ??
    (change.after === null
      ? null
      : (back.get(change.after) ?? near(change.after, after, (id) => back.get(id))));
  const b =
    change.after ?? (change.before === null ? null : near(change.before, before, (id) => matches.get(id)));
  return { before: a, after: b };
}
