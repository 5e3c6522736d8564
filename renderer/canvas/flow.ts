/** Scene → what React Flow takes. What did not change is the same object, so that React Flow leaves it alone. */
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { CustomBlock, Note } from '../../src/document/model.ts';
import type { Lowered } from '../../src/lower/index.ts';
import type { Selection } from '../state/editor.ts';
import { shape } from '../ui/format.ts';
import { describeNode } from './figures.ts';
import { PORT_SIZE, portAt } from './ports.ts';
import type { Bow } from './route.ts';
import type { Scene, SceneNode, SceneWire } from './scene.ts';
import type { Box } from './snap.ts';
import type { Point } from './ui.ts';
import { bowsOf } from './wires.ts';

export type BlockData = { readonly scene: SceneNode; readonly own: readonly CustomBlock[] };
export type WireData = {
  readonly scene: SceneWire;
  readonly bow: Bow | undefined;
  readonly target: string;
};
export type BlockFlowNode = Node<BlockData, 'block'>;
export type NoteFlowNode = Node<{ readonly note: Note }, 'note'>;
export type FlowNode = BlockFlowNode | NoteFlowNode;
export type FlowEdge = Edge<WireData, 'wire'>;

function handlesOf(scene: SceneNode): NodeHandle[] {
  const { ports } = scene.item;
  const half = PORT_SIZE / 2;
  const row = (names: readonly string[], type: 'source' | 'target', position: Position) =>
    names.map((id): NodeHandle => {
      const { x, y } = portAt(scene, id, type === 'source');
      return { ...{ id, type, position, width: PORT_SIZE, height: PORT_SIZE }, x: x - half, y: y - half };
    });
  const inner = (names: readonly string[]) => (scene.opened ? names.map((name) => `inner:${name}`) : []);
  return [
    ...row(ports.inputs, 'target', Position.Top),
    ...row(ports.outputs, 'source', Position.Bottom),
    ...row(inner(ports.inputs), 'source', Position.Bottom),
    ...row(inner(ports.outputs), 'target', Position.Top),
  ];
}

function flowNode(
  scene: SceneNode,
  own: readonly CustomBlock[],
  selected: boolean,
  at: Point,
): BlockFlowNode {
  const { key, owner, width, height, editable, node } = scene;
  const size = { width, height };
  return {
    ...{ id: key, type: 'block', position: { x: at.x, y: at.y }, data: { scene, own }, selected },
    ...{ ...size, measured: size, handles: handlesOf(scene) },
    ...(owner !== null && { parentId: owner }),
    ...{ draggable: editable, connectable: editable },
    ariaLabel: describeNode(scene, own),
    domAttributes: testId(`node-${node.name}`),
  };
}

function noteNode(note: Note, selected: boolean, at: Box): NoteFlowNode {
  const { id, kind, text } = note;
  const { x, y, width, height } = at;
  return {
    ...{ id, type: 'note', position: { x, y }, data: { note }, selected, connectable: false },
    ...{ width, height, measured: { width, height } },
    // Frames stand behind what they go round, comments before it.
    zIndex: kind === 'frame' ? -1 : 0,
    ariaLabel: `${kind === 'frame' ? 'Frame' : 'Comment'}: ${text || 'empty'}`,
    domAttributes: testId(`note-${id}`),
  };
}

/** `data-` attributes are not in React's own types. */
const testId = (id: string): object => ({ 'data-testid': id });

type Known<T> = { readonly parts: readonly unknown[]; readonly made: T };

/** Keeps what was made as long as it is made of the same. */
class Kept<T> {
  #before = new Map<string, Known<T>>();
  #now = new Map<string, Known<T>>();

  get(key: string, parts: readonly unknown[], make: () => T): T {
    const known = this.#before.get(key);
    const entry = known?.parts.every((part, i) => part === parts[i]) ? known : { parts, made: make() };
    this.#now.set(key, entry);
    return entry.made;
  }

  /** What was not asked for since is forgotten. */
  turn(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }
}

const orders = new WeakMap<Scene, readonly SceneNode[]>();

/** Nodes in the order of computation, which is the order of the Tab key; what is inside of a node follows it. */
export function inOrder(scene: Scene, lowered: Lowered): readonly SceneNode[] {
  let order = orders.get(scene);
  if (!order) {
    const place = new Map([...lowered.nodes.keys()].map((id, i) => [id, i]));
    const placeOf = ({ key }: SceneNode) => place.get(key.split('>', 1)[0] as string) ?? 0;
    order = [...scene.nodes].sort((a, b) => placeOf(a) - placeOf(b));
    orders.set(scene, order);
  }
  return order;
}

/** Places, and sizes of notes, while they are dragged. */
export type Moved = ReadonlyMap<string, Point & Partial<Box>>;

/** One a canvas. */
export class FlowOf {
  readonly #notes = new Kept<NoteFlowNode>();
  readonly #nodes = new Kept<BlockFlowNode>();
  readonly #edges = new Kept<FlowEdge>();
  #bows: { scene: Scene; of: ReadonlyMap<string, Bow | undefined> } | undefined;

  /** `moved` are places during a drag. */
  nodes(scene: Scene, lowered: Lowered, selection: Selection, moved: Moved): FlowNode[] {
    const own = lowered.document.blocks;
    const nodes = inOrder(scene, lowered).map((node) => {
      const selected = selection.nodes.has(node.key);
      const { x, y } = moved.get(node.key) ?? node;
      return this.#nodes.get(node.key, [node, own, selected, x, y], () =>
        flowNode(node, own, selected, { x, y }),
      );
    });
    this.#nodes.turn();
    const notes = lowered.document.notes.map((note) => {
      const selected = selection.notes.has(note.id);
      const { x, y, width = note.width, height = note.height } = moved.get(note.id) ?? note;
      return this.#notes.get(note.id, [note, selected, x, y, width, height], () =>
        noteNode(note, selected, { x, y, width, height }),
      );
    });
    this.#notes.turn();
    return [...notes, ...nodes];
  }

  edges(scene: Scene, selection: Selection, moved: Moved): FlowEdge[] {
    const byKey = new Map(scene.nodes.map((n) => [n.key, n]));
    if (this.#bows?.scene !== scene) this.#bows = { scene, of: bowsOf(scene) };
    const bows = this.#bows.of;
    const edges = scene.wires.map((wire) => {
      const selected = selection.wires.has(wire.key);
      const still = !moved.has(wire.from.key) && !moved.has(wire.to.key);
      const bow = still ? bows.get(wire.key) : undefined;
      const names = [wire.from.key, wire.to.key].map((key) => byKey.get(key)?.node.name ?? '');
      return this.#edges.get(wire.key, [wire, selected, bow?.x, bow?.side, ...names], () =>
        flowEdge(wire, names as [string, string], selected, bow, !wire.editable),
      );
    });
    this.#edges.turn();
    return edges;
  }
}

function flowEdge(
  scene: SceneWire,
  [from, to]: readonly [string, string],
  selected: boolean,
  bow: Bow | undefined,
  inner: boolean,
): FlowEdge {
  const { key, editable, problem } = scene;
  return {
    ...{ id: key, type: 'wire', selected, data: { scene, bow, target: to } },
    ...{ source: scene.from.key, sourceHandle: scene.from.port },
    ...{ target: scene.to.key, targetHandle: scene.to.port },
    ...{ reconnectable: editable, focusable: false, selectable: editable },
    // Above the frame that they are drawn in.
    ...(inner && { zIndex: 1 }),
    ariaLabel: `Wire from ${from} to ${to}, ${shape(scene.shape)}${problem ? `, problem: ${problem.message}` : ''}`,
    domAttributes: testId(`wire-${to}-${scene.to.port}`),
  };
}
