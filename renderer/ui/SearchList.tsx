import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useBackdrop } from './backdrop.ts';
import { ranked } from './search.ts';
import { showShortcut } from './shortcut.ts';

export interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly group?: string;
  readonly words?: string;
  readonly shortcut?: string | undefined;
  /** Behind the title, quiet. */
  readonly note?: string | undefined;
  readonly run: () => void;
}

interface SearchListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly SearchItem[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onClose: () => void;
  /** Where its corner lies on the screen; absent: in the middle, above everything. */
  readonly at?: { readonly x: number; readonly y: number };
}

const MAX_SHOWN = 100;
const WIDTH = 340;
const HEIGHT = 380;

/** WAI-ARIA combobox with a list: type to search, arrows to choose, Enter to run. */
export function SearchList({ label, placeholder, items, query, onQuery, onClose, at }: SearchListProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const backdrop = useBackdrop(onClose);
  const shown = ranked(items, query).slice(0, MAX_SHOWN);
  const index = Math.min(chosen, shown.length - 1);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, []);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const choose = (item: SearchItem | undefined) => {
    if (!item) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(item.run);
  };
  const onKeyDown = (e: KeyboardEvent) => {
    e.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step !== undefined) setChosen(Math.max(0, Math.min(shown.length - 1, index + step)));
    else if (e.key === 'Enter') choose(shown[index]);
    else return;
    e.preventDefault();
  };
  const place = at && {
    left: Math.max(8, Math.min(at.x, innerWidth - WIDTH - 8)),
    top: Math.max(8, Math.min(at.y, innerHeight - HEIGHT - 8)),
    margin: 0,
  };
  return (
    <dialog
      ref={ref}
      className={`dialog search ${at ? 'search-small' : ''}`}
      aria-label={label}
      style={place}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      {...backdrop}
    >
      <input
        className="search-input"
        placeholder={placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown[index] ? `${id}-${index}` : undefined}
        spellCheck={false}
        value={query}
        onChange={(e) => {
          onQuery(e.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="search-list" role="listbox" id={id} aria-label={label} ref={list}>
        {shown.map((item, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and handles the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here.
          <div
            key={item.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === index}
            data-index={i}
            className="search-item"
            onPointerMove={() => setChosen(i)}
            onClick={() => choose(item)}
          >
            <span className="search-title">{item.title}</span>
            {item.note && <span className="search-note">{item.note}</span>}
            {item.group && <span className="search-group">{item.group}</span>}
            {item.shortcut && <kbd>{showShortcut(item.shortcut)}</kbd>}
          </div>
        ))}
        {shown.length === 0 && <p className="search-none">Nothing is called “{query}”.</p>}
      </div>
    </dialog>
  );
}
