/** The wires of a scene in its coordinates: where they begin and end, and which go around something. */
import { PORT_SIZE, portAt } from './ports.ts';
import { type Bow, bowOf, distanceTo, type Ends, Obstacles } from './route.ts';
import type { Scene, SceneEnd, SceneNode, SceneWire } from './scene.ts';
import type { Box } from './snap.ts';
import type { Point } from './ui.ts';

interface Placed {
  readonly node: SceneNode;
  /** In the drawing's coordinates, also inside of opened nodes. */
  readonly box: Box;
}

const places = new WeakMap<Scene, ReadonlyMap<string, Placed>>();

export function placesOf(scene: Scene): ReadonlyMap<string, Placed> {
  const known = places.get(scene);
  if (known) return known;
  const found = new Map<string, Placed>();
  for (const node of scene.nodes) {
    const { key, x, y, width, height, owner } = node;
    const outer = owner === null ? undefined : found.get(owner)?.box;
    found.set(key, { node, box: { x: x + (outer?.x ?? 0), y: y + (outer?.y ?? 0), width, height } });
  }
  places.set(scene, found);
  return found;
}

function endsOf({ from, to }: SceneWire, at: ReadonlyMap<string, Placed>): Ends | undefined {
  const half = PORT_SIZE / 2;
  const end = ({ key, port }: SceneEnd, begins: boolean): Point | undefined => {
    const placed = at.get(key);
    if (!placed) return undefined;
    const { x, y } = portAt(placed.node, port, begins);
    return { x: placed.box.x + x, y: placed.box.y + y + (begins ? half : -half) };
  };
  const [a, b] = [end(from, true), end(to, false)];
  return a && b && { sourceX: a.x, sourceY: a.y, targetX: b.x, targetY: b.y };
}

/** The level that a wire is drawn on: the key of the opened node around it. */
function levelOf({ key, editable }: SceneWire): string | null {
  return editable ? null : key.slice(0, key.lastIndexOf('>'));
}

const bows = new WeakMap<Scene, ReadonlyMap<string, Bow | undefined>>();

/** Where each wire that cannot go straight passes sideways. */
export function bowsOf(scene: Scene): ReadonlyMap<string, Bow | undefined> {
  const known = bows.get(scene);
  if (known) return known;
  const at = placesOf(scene);
  const levels = new Map<string | null, Box[]>();
  for (const { node, box } of at.values()) {
    const level = levels.get(node.owner);
    if (level) level.push(box);
    else levels.set(node.owner, [box]);
  }
  const obstacles = new Map([...levels].map(([owner, boxes]) => [owner, new Obstacles(boxes)]));
  const taken: { x: number; top: number; bottom: number }[] = [];
  const found = new Map<string, Bow | undefined>();
  for (const wire of scene.wires) {
    const ends = endsOf(wire, at);
    const around = obstacles.get(levelOf(wire));
    if (ends && around) found.set(wire.key, bowOf(ends, around, taken));
  }
  bows.set(scene, found);
  return found;
}

/** How near a point must be for something to be dropped on a wire. */
const REACH = 22;

/** The wire of the drawing itself that passes nearest to a point, if one is near. */
export function wireAt(scene: Scene, { x, y }: Point): SceneWire | undefined {
  const at = placesOf(scene);
  const around = bowsOf(scene);
  let best: SceneWire | undefined;
  let least = REACH;
  for (const wire of scene.wires) {
    const ends = wire.editable ? endsOf(wire, at) : undefined;
    if (!ends) continue;
    const distance = distanceTo(ends, around.get(wire.key), x, y);
    if (distance < least) [best, least] = [wire, distance];
  }
  return best;
}
