import type { Change, Edit } from './apply.ts';
import type { StemmaDocument } from './model.ts';

/** Items of `after` that are not the same objects in `before`, and those that are gone. */
function* changed<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): Generator<{ item: T; value: T | null }> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const kept = new Set<string>();
  for (const item of after) {
    kept.add(keyOf(item));
    if (old.get(keyOf(item)) !== item) yield { item, value: item };
  }
  for (const item of before) if (!kept.has(keyOf(item))) yield { item, value: null };
}

/** One edit from a drawing to another, as after many edits that were made elsewhere. */
export function differenceEdit(before: StemmaDocument, after: StemmaDocument, label: string): Edit {
  const changes: Change[] = [];
  for (const { item, value } of changed(before.blocks, after.blocks, (b) => b.type))
    changes.push({ put: 'block', type: item.type, value });
  // Wires go before the nodes that they hang on, and come after them.
  const wires = [...changed(before.wires, after.wires, ({ to }) => JSON.stringify([to.node, to.port]))].map(
    ({ item, value }): Change => ({ put: 'wire', to: item.to, value }),
  );
  changes.push(...wires.filter((c) => c.value === null));
  for (const { item, value } of changed(before.nodes, after.nodes, (n) => n.id))
    changes.push({ put: 'node', id: item.id, value });
  changes.push(...wires.filter((c) => c.value !== null));
  for (const { item, value } of changed(before.notes, after.notes, (n) => n.id))
    changes.push({ put: 'note', id: item.id, value });
  if (before.recipe !== after.recipe) changes.push({ put: 'recipe', value: after.recipe });
  if (before.title !== after.title) changes.push({ put: 'title', value: after.title });
  return { label, changes };
}
