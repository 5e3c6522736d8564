/** Every problem of a drawing, as data with a sentence. */
import { joinPath, type Lowered, type LoweredNode, reachesOutput } from './lower.ts';

export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Absent: the drawing as a whole. */
  readonly nodeId?: string;
  readonly portId?: string;
  /** Path of the layer at fault inside the node, where it is not the node itself. */
  readonly layer?: string;
  readonly expected: string;
  readonly received: string;
  /** What, where, expected, received, what to do. */
  readonly message: string;
}

const title = (type: string) => type.charAt(0).toUpperCase() + type.slice(1);

function ofNode(lowered: Lowered, item: LoweredNode, needed: ReadonlySet<string>): Diagnostic[] {
  const { node, fragment, paramProblems, sources, inCycle } = item;
  const found: Diagnostic[] = [];
  const called = `${title(node.type.replace(/^custom\//, ''))} '${node.name}'`;
  for (const { key, expected, received } of paramProblems)
    found.push({
      code: 'param/invalid',
      severity: 'error',
      nodeId: node.id,
      portId: key,
      expected,
      received,
      message: `${called}: ${key} expected ${expected}, received ${received}. Its default is used meanwhile.`,
    });
  if (inCycle) {
    found.push({
      code: 'graph/cycle',
      severity: 'error',
      nodeId: node.id,
      expected: 'wires that lead forward',
      received: 'a cycle',
      message: `${called} waits for its own output: it is part of, or behind, a cycle. Remove one of the cycle's wires.`,
    });
    return found;
  }
  const names = lowered.portNames.get(node.id)?.inputs ?? [];
  sources.forEach((wire, i) => {
    if (wire) return;
    const portId = names[i] ?? 'in';
    found.push({
      code: 'graph/unconnected',
      severity: 'error',
      nodeId: node.id,
      portId,
      expected: 'a wire',
      received: 'none',
      message: `${called}: nothing is connected to input ${portId}. Draw a wire to it, or remove the node.`,
    });
  });
  for (const { layer, code, input, expected, received, message } of fragment.problems) {
    const inner = layer === '' ? called : `${called}, layer '${joinPath(node.name, layer)}',`;
    found.push({
      code,
      severity: 'error',
      nodeId: node.id,
      ...(layer === '' && input !== undefined && names[input] !== undefined && { portId: names[input] }),
      ...(layer !== '' && { layer }),
      expected,
      received,
      message: `${inner} ${message}`,
    });
  }
  if (!needed.has(node.id) && node.type !== 'output')
    found.push({
      code: 'graph/unused',
      severity: 'warning',
      nodeId: node.id,
      expected: 'a way to the output',
      received: 'none',
      message: `${called} leads nowhere: no wire brings its result to an output. Connect or remove it.`,
    });
  return found;
}

/** Problems in the drawing's order; no fixes yet, since most are never asked for. */
export function diagnose(lowered: Lowered): Diagnostic[] {
  const cached = memo.get(lowered);
  if (cached) return cached;
  const needed = reachesOutput(lowered);
  const found: Diagnostic[] = [];
  for (const type of ['input', 'output'] as const) {
    const count = lowered.document.nodes.filter((n) => n.type === type).length;
    if (count === 1) continue;
    found.push({
      code: count === 0 ? `graph/no-${type}` : `graph/many-${type}s`,
      severity: 'error',
      expected: `one ${type}`,
      received: `${count}`,
      message:
        count === 0
          ? `The drawing has no ${type}. Add an ${title(type)} node.`
          : `The drawing has ${count} ${type}s; a classifier has one. Remove the others.`,
    });
  }
  for (const item of lowered.nodes.values()) found.push(...ofNode(lowered, item, needed));
  found.push(...recipeFits(lowered));
  memo.set(lowered, found);
  return found;
}

const memo = new WeakMap<Lowered, Diagnostic[]>();

/** The output must be [classes] of the recipe, where the recipe says how many. */
function recipeFits(lowered: Lowered): Diagnostic[] {
  const { classes } = lowered.document.recipe;
  if (typeof classes !== 'number') return [];
  const found: Diagnostic[] = [];
  for (const { node, fragment } of lowered.nodes.values()) {
    const shape = fragment.outputs[0]?.shape;
    if (node.type !== 'output' || !shape || (shape.length === 1 && shape[0] === classes)) continue;
    found.push({
      code: 'recipe/classes',
      severity: 'error',
      nodeId: node.id,
      portId: 'in',
      expected: `[${classes}]`,
      received: `[${shape.join(', ')}]`,
      message: `Output '${node.name}' answers [${shape.join(', ')}], but the recipe has ${classes} classes: expected [${classes}]. End the network with a head or a dense layer of ${classes}.`,
    });
  }
  return found;
}
