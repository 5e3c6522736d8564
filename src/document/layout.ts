/** How large a node is on the canvas, and how far apart nodes stand. Data flows downwards. In pixels. */
export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 72;
/** From a node to the one beside it. */
export const STEP_X = 248;
/** From a node to the one that follows it. */
export const STEP_Y = 128;
