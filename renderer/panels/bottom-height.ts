/** How high the panel below the drawing is; the host keeps it. */
import { useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';

export const LEAST_HEIGHT = 120;
const USUAL_HEIGHT = 260;
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

export function useKeptHeight(): number {
  const kept = useApp((s) => s.settings.layout?.bottomHeight);
  return typeof kept === 'number' ? kept : USUAL_HEIGHT;
}

export function keepHeight(bottomHeight: number): void {
  changeSettings({ layout: { ...useApp.getState().settings.layout, bottomHeight } });
}
