/** What the canvas draws, as data: places, wires with shapes, problems. Pure, so that pictures are made of it too. */
import { NODE_HEIGHT, NODE_WIDTH } from '../../src/document/layout.ts';
import type { DocNode, Wire } from '../../src/document/model.ts';
import type { Diagnostic, Lowered, LoweredNode } from '../../src/lower/index.ts';
import { shapeOnWire } from '../../src/lower/index.ts';
import type { Shape } from '../../src/network/shape.ts';
import { wireKey } from '../state/editor.ts';

export interface SceneNode {
  /** Of the drawing's own nodes the id; of inner ones 'OWNER>ID'. */
  readonly key: string;
  readonly node: DocNode;
  readonly item: LoweredNode;
  /** Key of the opened node that it is drawn inside of. */
  readonly owner: string | null;
  /** Top left, from the owner's top left. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It is drawn as a frame around its inside. */
  readonly opened: boolean;
  /** Not an inner node: it can be moved, wired, changed. */
  readonly editable: boolean;
  readonly problems: readonly Diagnostic[];
}

export interface SceneWire {
  readonly key: string;
  readonly wire: Wire;
  readonly from: { readonly key: string; readonly port: string };
  readonly to: { readonly key: string; readonly port: string };
  readonly shape: Shape | null;
  /** What is wrong where it ends. */
  readonly problem: Diagnostic | undefined;
  readonly editable: boolean;
}

export interface Scene {
  /** Owners before what they own. */
  readonly nodes: readonly SceneNode[];
  readonly wires: readonly SceneWire[];
}

const none: readonly Diagnostic[] = [];

function byNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const map = new Map<string, Diagnostic[]>();
  for (const told of diagnostics) {
    if (told.nodeId === undefined) continue;
    const list = map.get(told.nodeId);
    if (list) list.push(told);
    else map.set(told.nodeId, [told]);
  }
  return map;
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((x, i) => x === b[i]);

/** Given the scene before, what did not change is the same object, so that React draws only what did. */
export function sceneOf(lowered: Lowered, diagnostics: readonly Diagnostic[], before?: Scene): Scene {
  const problemsOf = byNode(diagnostics);
  const oldNodes = new Map(before?.nodes.map((n) => [n.key, n]));
  const oldWires = new Map(before?.wires.map((w) => [w.key, w]));
  const nodes = lowered.document.nodes.map((node): SceneNode => {
    const item = lowered.nodes.get(node.id) as LoweredNode;
    const problems = problemsOf.get(node.id) ?? none;
    const old = oldNodes.get(node.id);
    if (old && old.item === item && old.node === node && sameList(old.problems, problems)) return old;
    return {
      ...{ key: node.id, node, item, owner: null, x: node.x, y: node.y },
      ...{ width: NODE_WIDTH, height: NODE_HEIGHT, opened: false, editable: true, problems },
    };
  });
  const wires = lowered.document.wires.map((wire): SceneWire => {
    const key = wireKey(wire.to);
    const shape = shapeOnWire(lowered, wire);
    const problem = problemsOf
      .get(wire.to.node)
      ?.find((d) => d.severity === 'error' && d.portId === wire.to.port);
    const old = oldWires.get(key);
    if (old && old.wire === wire && old.shape === shape && old.problem === problem) return old;
    return {
      ...{ key, wire, shape, problem, editable: true },
      from: { key: wire.from.node, port: wire.from.port },
      to: { key: wire.to.node, port: wire.to.port },
    };
  });
  return { nodes, wires };
}
