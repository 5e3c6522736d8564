/** What the canvas draws, as data: places, wires with shapes, problems. Pure, so that pictures are made of it too. */
import type { DocNode, PortRef, Wire } from '../../src/document/model.ts';
import type { Diagnostic, Lowered, LoweredNode } from '../../src/lower/index.ts';
import { openNode, shapeOnWire } from '../../src/lower/index.ts';
import { type Shape, sameShape } from '../../src/network/shape.ts';
import { wireKey } from '../state/editor.ts';
import { displaced } from './displace.ts';

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

/** A port of a scene's node. On the inside of an opened frame it is 'inner:PORT': wires begin there at the top. */
export interface SceneEnd {
  readonly key: string;
  readonly port: string;
}

export interface SceneWire {
  readonly key: string;
  readonly wire: Wire;
  readonly from: SceneEnd;
  readonly to: SceneEnd;
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

/** Between a frame's edge and its inside; the header stands in the upper one. */
const FRAME_PADDING = 20;
export const FRAME_HEADER = 52;

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

/** One drawing of the scene, and below it those of its opened nodes. */
interface Level {
  readonly owner: string | null;
  readonly lowered: Lowered;
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Ids of nodes that stand for the owner's ports: they are not drawn. */
  readonly ends: ReadonlyMap<string, string>;
  readonly opened: ReadonlySet<string>;
}

interface Drawn extends Scene {
  readonly width: number;
  readonly height: number;
}

const keyIn = (owner: string | null, id: string) => (owner === null ? id : `${owner}>${id}`);

function insideOf(level: Level, node: DocNode): Drawn | undefined {
  const owner = keyIn(level.owner, node.id);
  if (!level.opened.has(owner)) return undefined;
  const inside = openNode(level.lowered, node.id);
  if (!('lowered' in inside)) return undefined;
  const ends = new Map<string, string>();
  for (const [port, id] of [...inside.inputs, ...inside.outputs]) ends.set(id, port);
  return draw({ owner, lowered: inside.lowered, problems: new Map(), ends, opened: level.opened });
}

function draw(level: Level): Drawn {
  const { owner, lowered, problems, ends } = level;
  const drawn = lowered.document.nodes.filter((n) => !ends.has(n.id));
  const insides = new Map<string, Drawn>();
  for (const node of drawn) {
    const inside = insideOf(level, node);
    if (inside) insides.set(node.id, inside);
  }
  const places = displaced(drawn, insides);
  const [left, top] = owner === null ? [0, 0] : places.corner;
  const nodes: SceneNode[] = [];
  const wires: SceneWire[] = [];
  for (const node of drawn) {
    const key = keyIn(owner, node.id);
    const { x, y, width, height } = places.of(node.id);
    const inside = insides.get(node.id);
    nodes.push({
      ...{ key, node, item: lowered.nodes.get(node.id) as LoweredNode, owner },
      x: owner === null ? x : x - left + FRAME_PADDING,
      y: owner === null ? y : y - top + FRAME_HEADER,
      ...{ width, height, opened: inside !== undefined, editable: owner === null },
      problems: problems.get(node.id) ?? none,
    });
    if (inside) {
      nodes.push(...inside.nodes);
      wires.push(...inside.wires);
    }
  }
  for (const wire of lowered.document.wires) wires.push(drawWire(level, wire));
  return {
    nodes,
    wires,
    width: places.width + 2 * FRAME_PADDING,
    height: places.height + FRAME_HEADER + FRAME_PADDING,
  };
}

function drawWire({ owner, lowered, problems, ends }: Level, wire: Wire): SceneWire {
  const end = ({ node, port }: PortRef): SceneEnd => {
    const outer = ends.get(node);
    return outer === undefined
      ? { key: keyIn(owner, node), port }
      : { key: owner ?? '', port: `inner:${outer}` };
  };
  const { node, port } = wire.to;
  return {
    key: owner === null ? wireKey(wire.to) : `${owner}>${wireKey(wire.to)}`,
    wire,
    from: end(wire.from),
    to: end(wire.to),
    shape: shapeOnWire(lowered, wire),
    problem: problems.get(node)?.find((d) => d.severity === 'error' && d.portId === port),
    editable: owner === null,
  };
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((x, i) => x === b[i]);

function same(a: object, b: object): boolean {
  return Object.entries(a).every(([key, value]) => {
    const other = (b as Record<string, unknown>)[key];
    if (key === 'problems') return sameList(value as unknown[], other as unknown[]);
    if (key === 'shape') return sameShape(value as Shape | null, other as Shape | null);
    if (key === 'from' || key === 'to') return same(value as SceneEnd, other as SceneEnd);
    return value === other;
  });
}

function kept<T extends { readonly key: string }>(
  now: readonly T[],
  before: readonly T[] = [],
): readonly T[] {
  const old = new Map(before.map((item) => [item.key, item]));
  return now.map((item) => {
    const known = old.get(item.key);
    return known && same(known, item) ? known : item;
  });
}

/** Given the scene before, what did not change is the same object, so that React draws only what did. */
export function sceneOf(
  lowered: Lowered,
  diagnostics: readonly Diagnostic[],
  opened: ReadonlySet<string> = new Set(),
  before?: Scene,
): Scene {
  const scene = draw({ owner: null, lowered, problems: byNode(diagnostics), ends: new Map(), opened });
  return { nodes: kept(scene.nodes, before?.nodes), wires: kept(scene.wires, before?.wires) };
}

/** How far the nodes of a drawing lie from where the document says, because others are opened; for moving them. */
export function shiftOf(node: SceneNode): { x: number; y: number } {
  return { x: node.x - node.node.x, y: node.y - node.node.y };
}
