import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { showShortcut } from './shortcut.ts';

export type MenuEntry =
  | 'separator'
  | {
      readonly title: string;
      readonly shortcut?: string | undefined;
      readonly disabled?: boolean;
      /** Why it is disabled, or what it does. */
      readonly hint?: string | undefined;
      readonly checked?: boolean | undefined;
      readonly run: () => void;
    };

interface MenuProps {
  readonly label: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
  /** Left and right lead to the neighbouring menus of a bar. */
  readonly onSide?: (step: -1 | 1) => void;
}

/** WAI-ARIA menu: arrows, Home, End, letters, Escape; a disabled entry stays reachable so that its reason is read. */
export function Menu({ label, at, entries, onClose, onSide }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({
      x: Math.max(4, Math.min(at.x, innerWidth - box.width - 4)),
      y: Math.max(4, Math.min(at.y, innerHeight - box.height - 4)),
    });
  }, [at]);
  useEffect(() => {
    before.current = document.activeElement;
    items(ref.current)[0]?.focus();
    const outside = (e: PointerEvent) => {
      if (!ref.current?.contains(e.target as Node)) onClose();
    };
    addEventListener('pointerdown', outside, true);
    addEventListener('blur', onClose);
    return () => {
      removeEventListener('pointerdown', outside, true);
      removeEventListener('blur', onClose);
    };
  }, [onClose]);
  const leave = () => {
    if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
    onClose();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    e.stopPropagation();
    const all = items(ref.current);
    const now = all.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => all[(index + all.length) % all.length]?.focus();
    if (e.key === 'ArrowDown') go(now + 1);
    else if (e.key === 'ArrowUp') go(now - 1);
    else if (e.key === 'Home') go(0);
    else if (e.key === 'End') go(-1);
    else if (e.key === 'Escape' || e.key === 'Tab') leave();
    else if (e.key === 'ArrowRight') onSide?.(1);
    else if (e.key === 'ArrowLeft') onSide?.(-1);
    else if (e.key.length === 1 && e.key !== ' ') {
      const from = [...all.slice(now + 1), ...all.slice(0, now + 1)];
      from.find((item) => item.textContent?.toLowerCase().startsWith(e.key.toLowerCase()))?.focus();
      return;
    } else return;
    e.preventDefault();
  };
  return createPortal(
    <div
      ref={ref}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={{ left: place.x, top: place.y }}
      onKeyDown={onKeyDown}
      onContextMenu={(e) => e.preventDefault()}
    >
      {entries.map((entry, i) =>
        entry === 'separator' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name, and the list does not change while it is shown.
          <hr key={i} />
        ) : (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: with aria-checked it is a menuitemcheckbox.
          <button
            key={entry.title}
            type="button"
            role={entry.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked={entry.checked}
            aria-disabled={entry.disabled}
            title={entry.hint}
            tabIndex={-1}
            onPointerMove={(e) => e.currentTarget.focus()}
            onClick={() => {
              if (entry.disabled) return;
              leave();
              entry.run();
            }}
          >
            {entry.checked !== undefined && <Check size={14} style={{ opacity: entry.checked ? 1 : 0 }} />}
            <span className="menu-title">{entry.title}</span>
            {entry.shortcut && <span className="menu-shortcut">{showShortcut(entry.shortcut)}</span>}
          </button>
        ),
      )}
    </div>,
    document.body,
  );
}

const items = (menu: HTMLElement | null) => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
];
