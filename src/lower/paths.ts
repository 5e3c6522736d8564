/** Weights hang on paths, so no two layers may have one path. */
import type { Fragment } from '../blocks/fragment.ts';
import type { Diagnostic } from './diagnose.ts';
import { joinPath, type Lowered, type LoweredNode } from './lower.ts';

const layerNames = new WeakMap<Fragment, ReadonlySet<string>>();

function namesOf(fragment: Fragment): ReadonlySet<string> {
  let names = layerNames.get(fragment);
  if (!names) {
    names = new Set(fragment.layers.map((l) => l.name));
    layerNames.set(fragment, names);
  }
  return names;
}

/**
 * Nodes of which a layer has another node's path: a stage 's' of one block has 's/0/conv1', and so has a block 's/0'.
 * Paths of two nodes can only meet where one's name is the other's or begins it, so few layers are looked at. Equal
 * names are refused even where no layers meet: a document could not be read back.
 */
export function takenPaths(lowered: Lowered): Diagnostic[] {
  const found: Diagnostic[] = [];
  const byName = new Map<string, LoweredNode>();
  for (const { id, name } of lowered.document.nodes) {
    const item = lowered.nodes.get(id) as LoweredNode;
    const same = byName.get(name);
    if (same) found.push(taken(item, same, name));
    else byName.set(name, item);
  }
  for (const item of byName.values()) {
    const told = takenPath(item, (other) => byName.get(other));
    if (told) found.push(told);
  }
  return found;
}

/** Whether a layer of the node has the path of a node whose name begins this one's. */
export function takenPath(
  item: LoweredNode,
  named: (name: string) => LoweredNode | undefined,
): Diagnostic | undefined {
  const { name } = item.node;
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
    const other = named(name.slice(0, at));
    if (!other) continue;
    const inside = namesOf(other.fragment);
    const rest = name.slice(at + 1);
    const met = item.fragment.layers.find((layer) => inside.has(joinPath(rest, layer.name)));
    if (met) return taken(item, other, joinPath(name, met.name));
  }
  return undefined;
}

function taken({ node }: LoweredNode, { node: other }: LoweredNode, path: string): Diagnostic {
  const what = node.name === other.name ? 'the name' : `the path '${path}'`;
  return {
    code: 'graph/path-taken',
    severity: 'error',
    nodeId: node.id,
    expected: 'a name of its own',
    received: `${what} of '${other.name}'`,
    message: `'${node.name}' has ${what} of another node, '${other.name}' (${other.type}): expected a path of its own, since weights are found by it. Rename one of them.`,
  };
}
