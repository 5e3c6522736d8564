/** What commands ask of the canvas; the canvas puts itself here while it is shown. */

export interface CanvasHandle {
  fit(): void;
  zoom(factor: number): void;
  zoomTo(scale: number): void;
  /** Brings a node into view, selects it, and gives it the focus. */
  reveal(nodeId: string): void;
  /** The middle of what is seen, in the drawing's coordinates. */
  centre(): { x: number; y: number };
  minimapShown(): boolean;
  toggleMinimap(): void;
  /** Opens or closes the selected nodes in place. */
  toggleOpen(): void;
  /** A sentence where the selection cannot be opened in place. */
  whyNotOpen(): string | undefined;
  closeAll(): void;
  /** Search and add a node at a place, or where the pointer is. */
  searchAndAdd(): void;
  /** Choose by keyboard where the selected node's output leads. */
  connectByKeyboard(): void;
  /** Edits the name of the selected node where it stands. */
  renameSelected(): void;
  /** Arranges all nodes, or those selected, in layers from top to bottom. */
  layout(): void;
}

const absent: CanvasHandle = {
  fit() {},
  zoom() {},
  zoomTo() {},
  reveal() {},
  centre: () => ({ x: 0, y: 0 }),
  minimapShown: () => false,
  toggleMinimap() {},
  toggleOpen() {},
  whyNotOpen: () => 'show the drawing first.',
  closeAll() {},
  searchAndAdd() {},
  connectByKeyboard() {},
  renameSelected() {},
  layout() {},
};

let present: CanvasHandle = absent;

export function setCanvas(handle: CanvasHandle | null): void {
  present = handle ?? absent;
}

/** Always the canvas that is shown; does nothing where none is. */
export const canvas: CanvasHandle = {
  fit: () => present.fit(),
  zoom: (factor) => present.zoom(factor),
  zoomTo: (scale) => present.zoomTo(scale),
  reveal: (id) => present.reveal(id),
  centre: () => present.centre(),
  minimapShown: () => present.minimapShown(),
  toggleMinimap: () => present.toggleMinimap(),
  toggleOpen: () => present.toggleOpen(),
  whyNotOpen: () => present.whyNotOpen(),
  closeAll: () => present.closeAll(),
  searchAndAdd: () => present.searchAndAdd(),
  connectByKeyboard: () => present.connectByKeyboard(),
  renameSelected: () => present.renameSelected(),
  layout: () => present.layout(),
};
