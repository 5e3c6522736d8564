/** Wires of a scene as paths in the drawing's coordinates. */
import { portAt } from '../canvas/ports.ts';
import { type Path, pathOf } from '../canvas/route.ts';
import type { Scene, SceneEnd, SceneWire } from '../canvas/scene.ts';
import { bowsOf, placesOf } from '../canvas/wires.ts';

export interface DrawnWire extends Path {
  readonly wire: SceneWire;
  /** Its shape has room between the ends. */
  readonly roomy: boolean;
}

/** Twice as high as a label. */
const ROOM = 36;

/** From edge to edge, where the canvas leaves room for what is grasped. */
export function wiresOf(scene: Scene): DrawnWire[] {
  const places = placesOf(scene);
  const bows = bowsOf(scene);
  const at = ({ key, port }: SceneEnd, begins: boolean) => {
    const placed = places.get(key);
    if (!placed) return undefined;
    const { x, y } = portAt(placed.node, port, begins);
    return { x: placed.box.x + x, y: placed.box.y + y };
  };
  return scene.wires.flatMap((wire) => {
    const [from, to] = [at(wire.from, true), at(wire.to, false)];
    if (!from || !to) return [];
    const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
    const roomy = Math.hypot(to.x - from.x, to.y - from.y) >= ROOM;
    return [{ wire, roomy, ...pathOf(ends, bows.get(wire.key)) }];
  });
}
