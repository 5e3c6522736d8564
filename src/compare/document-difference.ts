/** What differs between two drawings, as data. Places, notes and ids are no difference. */
import type { CustomBlock, DocNode, Exposed, Graph, StemmaDocument, Wire } from '../document/model.ts';
import { schemaOf } from '../lower/index.ts';
import { recipeSchema } from '../recipe/recipe.ts';
import { type FieldChange, fieldChanges, sameValue } from './fields.ts';
import { type Drawn, matchNodes } from './matching.ts';

export interface NodeChange {
  readonly before: DocNode;
  readonly after: DocNode;
  readonly params: readonly FieldChange[];
}

export interface GraphDifference {
  /** Ids of the first drawing with those of the same nodes in the second. */
  readonly matches: ReadonlyMap<string, string>;
  readonly added: readonly DocNode[];
  readonly removed: readonly DocNode[];
  /** Another name, type or parameter. */
  readonly changed: readonly NodeChange[];
  /** By ids of the second drawing. */
  readonly wiresAdded: readonly Wire[];
  /** By ids of the first drawing. */
  readonly wiresRemoved: readonly Wire[];
}

export interface BlockChange {
  readonly before: CustomBlock;
  readonly after: CustomBlock;
  /** Title and repeat count. */
  readonly fields: readonly FieldChange[];
  /** What each use may set is another. */
  readonly exposed: boolean;
  readonly graph: GraphDifference;
}

export interface DocumentDifference extends GraphDifference {
  readonly blocks: {
    readonly added: readonly CustomBlock[];
    readonly removed: readonly CustomBlock[];
    readonly changed: readonly BlockChange[];
  };
  readonly title: FieldChange | null;
  readonly recipe: readonly FieldChange[];
}

const keyOf = ({ from, to }: Wire) => JSON.stringify([from.node, from.port, to.node, to.port]);

function graphDifference(before: Drawn, after: Drawn, typeAfter: (type: string) => string): GraphDifference {
  const matches = matchNodes(before, after, typeAfter);
  const now = new Map(after.nodes.map((n) => [n.id, n]));
  const known = new Set(matches.values());
  const changed = before.nodes.flatMap((a): NodeChange[] => {
    const b = now.get(matches.get(a.id) ?? '');
    if (!b) return [];
    const sameType = typeAfter(a.type) === b.type;
    const params = fieldChanges(a.params, b.params, {
      before: schemaOf(a.type, before.blocks),
      after: schemaOf(b.type, after.blocks),
      defaults: !sameType,
    });
    return sameType && a.name === b.name && params.length === 0 ? [] : [{ before: a, after: b, params }];
  });
  const moved = ({ from, to }: Wire): Wire => ({
    from: { node: matches.get(from.node) ?? `\n${from.node}`, port: from.port },
    to: { node: matches.get(to.node) ?? `\n${to.node}`, port: to.port },
  });
  const wiresBefore = new Set(before.wires.map((w) => keyOf(moved(w))));
  const wiresAfter = new Set(after.wires.map(keyOf));
  return {
    matches,
    added: after.nodes.filter((n) => !known.has(n.id)),
    removed: before.nodes.filter((n) => !matches.has(n.id)),
    changed,
    wiresAdded: after.wires.filter((w) => !wiresBefore.has(keyOf(w))),
    wiresRemoved: before.wires.filter((w) => !wiresAfter.has(keyOf(moved(w)))),
  };
}

export const isSameGraph = ({ added, removed, changed, wiresAdded, wiresRemoved }: GraphDifference) =>
  [added, removed, changed, wiresAdded, wiresRemoved].every((list) => list.length === 0);

/** Types of the first with those of the same blocks in the second: by type, then by title. */
function matchBlocks(before: readonly CustomBlock[], after: readonly CustomBlock[]): Map<string, string> {
  const matches = new Map<string, string>();
  const taken = new Set<string>();
  for (const isSame of [
    (a: CustomBlock, b: CustomBlock) => a.type === b.type,
    (a: CustomBlock, b: CustomBlock) => a.title === b.title,
  ])
    for (const a of before) {
      const b = matches.has(a.type) ? undefined : after.find((b) => !taken.has(b.type) && isSame(a, b));
      if (!b) continue;
      matches.set(a.type, b.type);
      taken.add(b.type);
    }
  return matches;
}

function sameExposed(before: readonly Exposed[], after: readonly Exposed[], { matches }: GraphDifference) {
  const known = (e: Exposed, node: string) => JSON.stringify([e.name, node, e.param, e.firstOnly]);
  const a = before.map((e) => known(e, matches.get(e.node) ?? '')).sort();
  return sameValue(a, after.map((e) => known(e, e.node)).sort());
}

/** From the first to the second. */
export function documentDifference(before: StemmaDocument, after: StemmaDocument): DocumentDifference {
  const types = matchBlocks(before.blocks, after.blocks);
  const typeAfter = (type: string) => types.get(type) ?? type;
  const drawn = (graph: Graph, { blocks }: StemmaDocument): Drawn => ({
    nodes: graph.nodes,
    wires: graph.wires,
    blocks,
  });
  const changed = before.blocks.flatMap((a): BlockChange[] => {
    const b = after.blocks.find((b) => b.type === types.get(a.type));
    if (!b) return [];
    const graph = graphDifference(drawn(a, before), drawn(b, after), typeAfter);
    const fields = fieldChanges({ title: a.title, repeat: a.repeat }, { title: b.title, repeat: b.repeat });
    const exposed = !sameExposed(a.exposed, b.exposed, graph);
    const same = fields.length === 0 && !exposed && isSameGraph(graph);
    return same ? [] : [{ before: a, after: b, fields, exposed, graph }];
  });
  const known = new Set(types.values());
  return {
    ...graphDifference(before, after, typeAfter),
    blocks: {
      added: after.blocks.filter((b) => !known.has(b.type)),
      removed: before.blocks.filter((b) => !types.has(b.type)),
      changed,
    },
    title: before.title === after.title ? null : { key: 'title', before: before.title, after: after.title },
    recipe: fieldChanges(before.recipe, after.recipe, { before: recipeSchema }),
  };
}

/** Whether both draw the same, whatever they are called and however they are trained. */
export const isSameDrawing = (difference: DocumentDifference) =>
  isSameGraph(difference) && Object.values(difference.blocks).every((list) => list.length === 0);
