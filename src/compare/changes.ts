/** The difference of two drawings as a list of sentences, each with the nodes that it speaks of. */
import { findBlock } from '../blocks/index.ts';
import type { CustomBlock, DocNode, Graph, StemmaDocument, Wire } from '../document/model.ts';
import { isOpKind, opOf } from '../network/ops/index.ts';
import type { DocumentDifference, GraphDifference, NodeChange } from './document-difference.ts';
import { showChange } from './field-words.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface DrawingChange {
  readonly kind: ChangeKind;
  readonly text: string;
  /** Id of the node in the first drawing and in the second; null: not there, or inside a block. */
  readonly before: string | null;
  readonly after: string | null;
  /** Type of the drawing's own block that it is inside of, in the drawing that has it. */
  readonly inside?: string;
}

export const changesWords = (count: number) => `${count} ${count === 1 ? 'change' : 'changes'}`;

export function typeTitle(type: string, own: readonly CustomBlock[]): string {
  if (isOpKind(type)) return opOf(type).title;
  return findBlock(type)?.title ?? own.find((b) => b.type === type)?.title ?? type;
}

function nodeChange(
  { before: a, after: b, params }: NodeChange,
  before: readonly CustomBlock[],
  after: readonly CustomBlock[],
): string {
  const [was, is] = [typeTitle(a.type, before), typeTitle(b.type, after)];
  const parts = [
    ...(a.name === b.name ? [] : [`is called ${b.name}`]),
    ...(was === is ? [] : [`${was} → ${is}`]),
    ...params.map(showChange),
  ];
  return `${a.name}: ${parts.join(', ') || `another ${is}`}`;
}

/** Wires of nodes that came or went do so with them. */
function wiresBetweenKept(wires: readonly Wire[], gone: readonly DocNode[]): readonly Wire[] {
  const ids = new Set(gone.map((n) => n.id));
  return wires.filter(({ from, to }) => !ids.has(from.node) && !ids.has(to.node));
}

function wireWords({ nodes }: Graph, { from, to }: Wire): string {
  const name = (id: string) => nodes.find((n) => n.id === id)?.name ?? id;
  const port = (end: Wire['to'], usual: string) => (end.port === usual ? '' : ` (${end.port})`);
  return `${name(from.node)}${port(from, 'out')} → ${name(to.node)}${port(to, 'in')}`;
}

interface Ends {
  readonly graph: Graph;
  readonly blocks: readonly CustomBlock[];
}

function graphChanges(difference: GraphDifference, before: Ends, after: Ends): DrawingChange[] {
  const { added, removed, changed } = difference;
  const named = (node: DocNode, { blocks }: Ends) => `${node.name} (${typeTitle(node.type, blocks)})`;
  return [
    ...removed.map(
      (node): DrawingChange => ({
        ...{ kind: 'removed', text: named(node, before), before: node.id, after: null },
      }),
    ),
    ...added.map(
      (node): DrawingChange => ({
        ...{ kind: 'added', text: named(node, after), before: null, after: node.id },
      }),
    ),
    ...changed.map(
      (change): DrawingChange => ({
        kind: 'changed',
        text: nodeChange(change, before.blocks, after.blocks),
        ...{ before: change.before.id, after: change.after.id },
      }),
    ),
    ...wiresBetweenKept(difference.wiresRemoved, removed).map(
      (wire): DrawingChange => ({
        ...{ kind: 'removed', text: `Wire ${wireWords(before.graph, wire)}` },
        ...{ before: wire.to.node, after: difference.matches.get(wire.to.node) ?? null },
      }),
    ),
    ...wiresBetweenKept(difference.wiresAdded, added).map(
      (wire): DrawingChange => ({
        ...{ kind: 'added', text: `Wire ${wireWords(after.graph, wire)}` },
        ...{ before: null, after: wire.to.node },
      }),
    ),
  ];
}

/** What changed in the drawing, recipe and title aside; empty where both draw the same. */
export function drawingChanges(
  difference: DocumentDifference,
  before: StemmaDocument,
  after: StemmaDocument,
): DrawingChange[] {
  const nowhere = { before: null, after: null };
  const { added, removed, changed } = difference.blocks;
  return [
    ...graphChanges(
      difference,
      { graph: before, blocks: before.blocks },
      { graph: after, blocks: after.blocks },
    ),
    ...removed.map(
      (b): DrawingChange => ({ kind: 'removed', text: `Block ${b.title}`, ...nowhere, inside: b.type }),
    ),
    ...added.map(
      (b): DrawingChange => ({ kind: 'added', text: `Block ${b.title}`, ...nowhere, inside: b.type }),
    ),
    ...changed.flatMap((block): DrawingChange[] => {
      const inside = block.after.type;
      const told = [
        ...block.fields.map(showChange),
        ...(block.exposed ? ['what its uses may set is another'] : []),
      ];
      const inner = graphChanges(
        block.graph,
        { graph: block.before, blocks: before.blocks },
        { graph: block.after, blocks: after.blocks },
      );
      return [
        ...told.map(
          (text): DrawingChange => ({
            ...{ kind: 'changed', text: `Block ${block.after.title}: ${text}`, ...nowhere, inside },
          }),
        ),
        ...inner.map(
          (change): DrawingChange => ({
            ...{ ...change, ...nowhere, text: `In block ${block.after.title}: ${change.text}`, inside },
          }),
        ),
      ];
    }),
  ];
}
