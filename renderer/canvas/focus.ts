/** Bringing nodes into view and giving them the focus. */
import type { Box } from './snap.ts';
import { moveMs, sceneNow, viewNow } from './view.ts';
import { placesOf } from './wires.ts';

const elementOf = (key: string) =>
  viewNow()?.element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(key)}"]`);

const TRIES = 30;

/** Gives a node the focus, as soon as it is drawn. */
export function focusNode(key: string, tries = TRIES): void {
  if (!viewNow()) return;
  const element = elementOf(key);
  // A field in it that has the focus keeps it: the name of a node that came into view is typed there.
  if (element?.contains(document.activeElement)) return;
  if (element) element.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusNode(key, tries - 1));
}

/** Where a node lies in the drawing, also inside of an opened one. */
export const boxOf = (key: string): Box | undefined => placesOf(sceneNow()).get(key)?.box;

const MARGIN = 24;

/** Moves the view as little as needed for a box to be seen; its middle into the middle where it was far away. */
export function ensureVisible(box: Box): void {
  const view = viewNow();
  if (!view) return;
  const { x, y, zoom } = view.flow.getViewport();
  const { clientWidth: width, clientHeight: height } = view.element;
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  const [right, bottom] = [left + box.width * zoom, top + box.height * zoom];
  if (left >= MARGIN && top >= MARGIN && right <= width - MARGIN && bottom <= height - MARGIN) return;
  const shift = (low: number, high: number, size: number) =>
    high < 0 || low > size
      ? size / 2 - (low + high) / 2
      : low < MARGIN
        ? MARGIN - low
        : Math.min(0, size - MARGIN - high);
  const place = { x: x + shift(left, right, width), y: y + shift(top, bottom, height), zoom };
  void view.flow.setViewport(place, { duration: moveMs() });
}

/** Brings a node into view and gives it the focus. */
export function goToNode(key: string): void {
  const box = boxOf(key);
  if (!box) return;
  ensureVisible(box);
  focusNode(key);
}
