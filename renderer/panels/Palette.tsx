import { ChevronRight, LayoutTemplate, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import type { CatalogueItem, Category } from '../canvas/catalogue.ts';
import { placeType } from '../canvas/place.ts';
import type { Command } from '../commands/command.ts';
import { findCommand, shortcutOf } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import { PaletteItem } from './PaletteItem.tsx';
import { found, groupsOf, type PaletteGroup } from './palette-groups.ts';

/** Folded categories; kept while another view is shown. */
const useFolded = create<{ readonly folded: ReadonlySet<Category> }>(() => ({ folded: new Set() }));

const fold = (category: Category) =>
  useFolded.setState(({ folded }) => {
    const next = new Set(folded);
    if (!next.delete(category)) next.add(category);
    return { folded: next };
  });

const openGallery = () => void runCommand(findCommand('file.gallery') as Command);

/** The blocks to choose from, left of the drawing. */
export function Palette() {
  const own = useEditor((s) => s.history.document.blocks);
  const groups = useMemo(() => groupsOf(own), [own]);
  const [query, setQuery] = useState('');
  const { folded } = useFolded();
  const [reached, setReached] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const asked = query.trim() !== '';
  const results = asked ? found(groups, query) : [];
  const listed = asked ? results : groups.flatMap((g) => (folded.has(g.category) ? [] : g.items));
  const first = listed.some((i) => i.type === reached) ? reached : listed[0]?.type;
  const row = (item: CatalogueItem) => (
    <PaletteItem
      key={item.type}
      item={item}
      reachable={item.type === first}
      onFocus={() => setReached(item.type)}
    />
  );
  const onSearchKey = (e: KeyboardEvent) => {
    if (e.key === 'Enter' && results[0]) placeType(results[0].type);
    else if (e.key === 'ArrowDown') stops(list.current)[0]?.focus();
    else if (e.key === 'Escape' && query !== '') setQuery('');
    else return;
    e.preventDefault();
  };
  return (
    <div className="palette">
      <div className="palette-head">
        <Tip text="New from template" shortcut={shortcutOf('file.gallery')}>
          <Button onClick={openGallery}>
            <LayoutTemplate size={15} aria-hidden="true" /> From template…
          </Button>
        </Tip>
        <div className="palette-search">
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            className="input"
            placeholder="Search blocks"
            aria-label="Search blocks"
            spellCheck={false}
            value={query}
            onChange={(e) => setQuery(e.target.value)}
            onKeyDown={onSearchKey}
          />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the buttons inside. */}
      <div className="palette-list" ref={list} onKeyDown={walk}>
        {asked
          ? results.map(row)
          : groups.map((group) => (
              <Group key={group.category} group={group} open={!folded.has(group.category)} row={row} />
            ))}
        {asked && results.length === 0 && (
          <p className="palette-none">
            No block is called “{query.trim()}”. Search a layer, as “convolution”, or a paper’s word, as
            “bottleneck”.
          </p>
        )}
      </div>
    </div>
  );
}

interface GroupProps {
  readonly group: PaletteGroup;
  readonly open: boolean;
  readonly row: (item: CatalogueItem) => ReactNode;
}

function Group({ group: { category, title, items }, open, row }: GroupProps) {
  return (
    <section className="palette-group" aria-label={title}>
      <button
        type="button"
        className="palette-category"
        data-palette-head
        aria-expanded={open}
        onClick={() => fold(category)}
      >
        <ChevronRight size={13} aria-hidden="true" />
        {title}
      </button>
      {open && items.map(row)}
    </section>
  );
}

const stops = (list: HTMLElement | null) => [
  ...(list?.querySelectorAll<HTMLElement>('[data-palette-item]') ?? []),
];

/** Arrows lead from item to item, and back to the search. */
function walk(e: KeyboardEvent<HTMLDivElement>): void {
  const all = stops(e.currentTarget);
  const now = all.indexOf(document.activeElement as HTMLElement);
  if (now < 0) return;
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[e.key];
  if (to === undefined) return;
  e.preventDefault();
  if (to < 0) e.currentTarget.parentElement?.querySelector<HTMLElement>('input')?.focus();
  else all[Math.min(to, all.length - 1)]?.focus();
}
