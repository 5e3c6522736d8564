/** Where a node's ports lie: inputs along the top, outputs along the bottom. */
import { FRAME_HEADER, type SceneNode } from './scene.ts';
import type { Point } from './ui.ts';

export const PORT_SIZE = 10;

/** From the node's left edge. */
export const portX = (index: number, count: number, width: number) => (width * (index + 1)) / (count + 1);

/** Inside of an opened frame, wires begin below its header and end above its lower edge. */
const INNER_TOP = FRAME_HEADER - 22;
const INNER_BOTTOM = 6;
const INNER = 'inner:';

/** The middle of a port, from the node's top left. */
export function portAt({ item, width, height, opened }: SceneNode, end: string, begins: boolean): Point {
  const inner = opened && end.startsWith(INNER);
  const port = inner ? end.slice(INNER.length) : end;
  // A wire inside of a frame begins at what comes into it.
  const names = begins !== inner ? item.ports.outputs : item.ports.inputs;
  const x = portX(Math.max(0, names.indexOf(port)), Math.max(1, names.length), width);
  if (inner) return { x, y: begins ? INNER_TOP : height - INNER_BOTTOM };
  return { x, y: begins ? height : 0 };
}
