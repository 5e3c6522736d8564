import { useRef, useState } from 'react';
import { entriesOf } from '../commands/entries.ts';
import { menus } from '../commands/menus.ts';
import { Menu } from '../ui/Menu.tsx';

/** The menu bar; arrows lead from one menu to the next. */
export function MenuBar() {
  const [open, setOpen] = useState<{ index: number; x: number; y: number } | null>(null);
  const ref = useRef<HTMLDivElement>(null);
  const openAt = (index: number, element: HTMLElement) => {
    // The menu gives the focus back to what had it before.
    element.focus();
    const { left, bottom } = element.getBoundingClientRect();
    setOpen({ index, x: left, y: bottom + 3 });
  };
  const side = (step: -1 | 1) => {
    if (!open) return;
    const index = (open.index + step + menus.length) % menus.length;
    const button = ref.current?.querySelectorAll<HTMLElement>('[data-menu]')[index];
    if (button) openAt(index, button);
  };
  const shown = open && menus[open.index];
  return (
    <div className="menubar" ref={ref} role="menubar" aria-label="Menus">
      {menus.map(({ title }, i) => (
        <button
          key={title}
          type="button"
          className="menubar-item"
          role="menuitem"
          aria-haspopup="menu"
          aria-expanded={open?.index === i}
          data-menu={i}
          onClick={(e) => openAt(i, e.currentTarget)}
          onPointerEnter={(e) => open && open.index !== i && openAt(i, e.currentTarget)}
          onKeyDown={(e) => {
            if (e.key === 'ArrowDown') openAt(i, e.currentTarget);
            if (e.key === 'ArrowRight') (e.currentTarget.nextElementSibling as HTMLElement | null)?.focus();
            if (e.key === 'ArrowLeft')
              (e.currentTarget.previousElementSibling as HTMLElement | null)?.focus();
          }}
        >
          {title}
        </button>
      ))}
      {open && shown && (
        <Menu
          key={open.index}
          label={shown.title}
          at={open}
          entries={entriesOf(shown.items)}
          onClose={() => setOpen(null)}
          onSide={side}
        />
      )}
    </div>
  );
}
