import { Ellipsis } from 'lucide-react';
import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { CatalogueItem } from '../canvas/catalogue.ts';
import { categoryIcons } from '../canvas/icons.ts';
import { placeType, startPaletteDrag } from '../canvas/place.ts';
import { IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Tip } from '../ui/Tip.tsx';
import { blockEntries, PaletteRename } from './PaletteBlock.tsx';

/** A press that moved so far was a drag, wherever it ended. */
const DRAGGED = 4;

interface ItemProps {
  readonly item: CatalogueItem;
  /** One item of the list can be reached by Tab; arrows lead from it to the others. */
  readonly reachable: boolean;
  readonly onFocus: () => void;
}

/** One thing to place: dragged onto the drawing, or pressed. */
export function PaletteItem({ item, reachable, onFocus }: ItemProps) {
  const { type, title, help, category } = item;
  const Icon = categoryIcons[category];
  const pressed = useRef({ x: 0, y: 0 });
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [renaming, setRenaming] = useState(false);
  const own = category === 'custom';
  if (renaming) return <PaletteRename type={type} title={title} onDone={() => setRenaming(false)} />;
  const onPointerDown = (e: PointerEvent) => {
    pressed.current = { x: e.clientX, y: e.clientY };
    startPaletteDrag(type, e);
  };
  const onClick = (e: MouseEvent) => {
    const { x, y } = pressed.current;
    // By keyboard there is no place, and no press before.
    if (e.detail > 0 && Math.hypot(e.clientX - x, e.clientY - y) > DRAGGED) return;
    placeType(type);
  };
  return (
    <div className="palette-row">
      <Tip text={help}>
        <button
          type="button"
          className="palette-item"
          data-testid={`palette-${type}`}
          data-palette-item
          data-category={category}
          tabIndex={reachable ? 0 : -1}
          onFocus={onFocus}
          onPointerDown={onPointerDown}
          onClick={onClick}
          onContextMenu={(e) => {
            e.preventDefault();
            if (own) setMenuAt({ x: e.clientX, y: e.clientY });
          }}
        >
          <Icon size={15} aria-hidden="true" />
          <span>{title}</span>
        </button>
      </Tip>
      {own && (
        <IconButton
          label={`More about ${title}`}
          small
          aria-haspopup="menu"
          onClick={(e) => {
            const { left, bottom } = e.currentTarget.getBoundingClientRect();
            setMenuAt({ x: left, y: bottom + 2 });
          }}
        >
          <Ellipsis size={14} />
        </IconButton>
      )}
      {menuAt && (
        <Menu
          label={title}
          at={menuAt}
          entries={blockEntries(type, () => setRenaming(true))}
          onClose={() => setMenuAt(null)}
        />
      )}
    </div>
  );
}
