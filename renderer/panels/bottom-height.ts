/** How high the panel below the drawing can be. */

export const LEAST_HEIGHT = 120;
const STEP = 24;
/** Header, footer, and enough of the drawing to see what one does. */
const KEPT_FREE = 230;

export const mostHeight = (window: number) => Math.max(LEAST_HEIGHT, window - KEPT_FREE);

export const fitting = (height: number, window: number) =>
  Math.round(Math.min(mostHeight(window), Math.max(LEAST_HEIGHT, height)));

/** Where a key leads; undefined: it is none of the separator's. */
export function heightAfter(key: string, height: number, window: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return fitting(height + STEP, window);
    case 'ArrowDown':
      return fitting(height - STEP, window);
    case 'Home':
      return mostHeight(window);
    case 'End':
      return LEAST_HEIGHT;
    default:
      return undefined;
  }
}
