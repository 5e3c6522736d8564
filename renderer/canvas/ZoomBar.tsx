import { useStore } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { canvas } from './handle.ts';
import { useCanvasUi } from './ui.ts';
import { viewNow } from './view.ts';

/** How much of a node can be read. */
const detailOf = (zoom: number) =>
  zoom < 0.12 ? 'boxes' : zoom < 0.25 ? 'names' : zoom < 0.5 ? 'less' : 'all';

/** Zoom, fit, minimap. Also tells the style sheet how much can be read, so that no node is drawn anew for it. */
export function ZoomBar() {
  const percent = useStore((s) => Math.round(s.transform[2] * 100));
  const detail = useStore((s) => detailOf(s.transform[2]));
  const minimap = useCanvasUi((s) => s.minimap);
  useEffect(() => {
    const element = viewNow()?.element;
    if (element) element.dataset.detail = detail;
  }, [detail]);
  return (
    <div className="zoom-bar" role="toolbar" aria-label="Zoom">
      <IconButton label="Zoom out" small onClick={() => canvas.zoom(0.8)}>
        <Minus size={14} />
      </IconButton>
      <button
        type="button"
        className="zoom-percent"
        aria-label={`Zoom ${percent} %: back to 100 %`}
        onClick={() => canvas.zoomTo(1)}
      >
        {percent} %
      </button>
      <IconButton label="Zoom in" small onClick={() => canvas.zoom(1.25)}>
        <Plus size={14} />
      </IconButton>
      <IconButton label="Zoom to fit" shortcut="F" small onClick={() => canvas.fit()}>
        <Maximize size={14} />
      </IconButton>
      <IconButton
        label="Minimap"
        shortcut="M"
        small
        aria-pressed={minimap}
        onClick={() => canvas.toggleMinimap()}
      >
        <MapIcon size={14} />
      </IconButton>
    </div>
  );
}
