/** Which nodes lead to which. */
import type { Lowered } from './lower.ts';

/** The nodes whose result leads to this one, itself included. */
export function before(lowered: Lowered, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const at of found)
    for (const wire of lowered.nodes.get(at)?.sources ?? []) if (wire) found.add(wire.from.node);
  return found;
}

/** The nodes to which a node's result leads, itself included. */
export function after(lowered: Lowered, id: string): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const [to, { sources }] of lowered.nodes) {
    for (const wire of sources) {
      if (!wire) continue;
      const ways = next.get(wire.from.node);
      if (ways) ways.push(to);
      else next.set(wire.from.node, [to]);
    }
  }
  const found = new Set([id]);
  for (const at of found) for (const to of next.get(at) ?? []) found.add(to);
  return found;
}
