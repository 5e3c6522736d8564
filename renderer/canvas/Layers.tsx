/** Thin things above the drawing: guides, what a palette item would place, the way back from a block. */
import { ViewportPortal } from '@xyflow/react';
import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { findCommand } from '../commands/index.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { usesOf } from './blocks.ts';
import { categoryOf, titleOf } from './catalogue.ts';
import { categoryIcons } from './icons.ts';
import { useCanvasUi } from './ui.ts';
import { viewNow } from './view.ts';

export function Guides() {
  const guides = useCanvasUi((s) => s.guides);
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className={`guide guide-${axis}`}
          style={
            axis === 'x'
              ? { transform: `translate(${at}px, ${from}px)`, height: to - from }
              : { transform: `translate(${from}px, ${at}px)`, width: to - from }
          }
        />
      ))}
    </ViewportPortal>
  );
}

export function Ghost() {
  const ghost = useCanvasUi((s) => s.ghost);
  const own = useEditor((s) => s.shown.document.blocks);
  if (!ghost) return null;
  const Icon = categoryIcons[categoryOf(ghost.type)];
  const zoom = viewNow()?.flow.getZoom() ?? 1;
  return (
    <div
      className="ghost"
      data-category={categoryOf(ghost.type)}
      style={{ left: ghost.screen.x, top: ghost.screen.y, scale: `${Math.max(0.4, Math.min(1, zoom))}` }}
    >
      <Icon size={14} aria-hidden="true" />
      {titleOf(ghost.type, own)}
    </div>
  );
}

/** Where the person is, while the inside of a block is shown. */
export function Breadcrumb() {
  const inside = useEditor((s) => s.inside);
  const document = useEditor((s) => s.history.document);
  const block = document.blocks.find((b) => b.type === inside);
  if (!block) return null;
  const uses = usesOf(document, block.type);
  const leave = () => void findCommand('network.leaveBlock')?.run();
  return (
    <nav className="breadcrumb" aria-label="What is shown">
      <Button kind="quiet" small onClick={leave}>
        <CornerLeftUp size={13} aria-hidden="true" /> Network
      </Button>
      <ChevronRight size={13} aria-hidden="true" />
      <b>{block.title}</b>
      <span className="muted">used {uses === 1 ? 'once' : `${uses} times`}; every use follows</span>
    </nav>
  );
}
