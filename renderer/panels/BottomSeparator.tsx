import { useRef } from 'react';
import { fitting, heightAfter, LEAST_HEIGHT, mostHeight } from './bottom-height.ts';
import { keepHeight } from './bottom-kept.ts';

interface BottomSeparatorProps {
  readonly height: number;
  /** While it is dragged; null: it is let go of. */
  readonly onDrag: (height: number | null) => void;
}

/** The panel's upper edge: to be dragged, or moved by arrows. */
export function BottomSeparator({ height, onDrag }: BottomSeparatorProps) {
  const grip = useRef<{ y: number; height: number } | null>(null);
  const dragged = (y: number) =>
    grip.current ? fitting(grip.current.height + grip.current.y - y, innerHeight) : height;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved; a focusable separator is a widget (WAI-ARIA).
    <div
      className="bottom-separator"
      role="separator"
      tabIndex={0}
      aria-label="Height of the panel"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={LEAST_HEIGHT}
      aria-valuemax={mostHeight(innerHeight)}
      onKeyDown={(e) => {
        const next = heightAfter(e.key, height, innerHeight);
        if (next === undefined) return;
        e.preventDefault();
        e.stopPropagation();
        keepHeight(next);
      }}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        grip.current = { y: e.clientY, height };
      }}
      onPointerMove={(e) => {
        if (grip.current) onDrag(dragged(e.clientY));
      }}
      onPointerUp={(e) => {
        if (grip.current) keepHeight(dragged(e.clientY));
        grip.current = null;
        onDrag(null);
      }}
      onPointerCancel={() => {
        grip.current = null;
        onDrag(null);
      }}
    />
  );
}
