/** How high the panel below the drawing is; the host keeps it. */
import { useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';

const USUAL_HEIGHT = 260;

export function useKeptHeight(): number {
  const kept = useApp((s) => s.settings.layout?.bottomHeight);
  return typeof kept === 'number' ? kept : USUAL_HEIGHT;
}

export function keepHeight(bottomHeight: number): void {
  changeSettings({ layout: { ...useApp.getState().settings.layout, bottomHeight } });
}
