import { useMemo, useState } from 'react';
import { connect } from '../../src/document/edits.ts';
import { type Lowered, startWire } from '../../src/lower/index.ts';
import { attempt, useEditor } from '../state/editor.ts';
import { type SearchItem, SearchList } from '../ui/SearchList.tsx';
import { catalogue, categoryTitles } from './catalogue.ts';
import { addAtWire, placeType } from './place.ts';
import { candidatesFor } from './rank.ts';
import { type CanvasSearch, setUi, useCanvasUi } from './ui.ts';

const close = () => setUi({ search: null });

/** Search where something is to be added or connected. */
export function CanvasSearchList() {
  const search = useCanvasUi((s) => s.search);
  return search && <Search search={search} />;
}

const labels = {
  add: ['Add a block', 'Search blocks and layers'],
  continue: ['Add at the end of the wire', 'Search what fits here'],
} as const;

function Search({ search }: { readonly search: CanvasSearch }) {
  const shown = useEditor((s) => s.shown);
  const [query, setQuery] = useState('');
  const items = useMemo(() => itemsOf(search, shown), [search, shown]);
  const name = search.kind === 'connect' ? shown.document.nodes.find((n) => n.id === search.node)?.name : '';
  const [label, placeholder] =
    search.kind === 'connect' ? [`Connect ${name} to`, `Connect ${name} to…`] : labels[search.kind];
  return (
    <SearchList
      label={label}
      placeholder={placeholder}
      items={items}
      query={query}
      onQuery={setQuery}
      onClose={close}
      at={search.screen}
    />
  );
}

function itemsOf(search: CanvasSearch, shown: Lowered): SearchItem[] {
  switch (search.kind) {
    case 'add':
      return catalogue(shown.document.blocks).map(({ type, title, help, category }) => ({
        ...{ id: type, title, words: `${type} ${help}`, group: categoryTitles[category] },
        run: () => placeType(type, search.flow ?? undefined),
      }));
    case 'continue':
      return candidatesFor(shown, search.from, search.direction).map(({ item, port }) => ({
        ...{ id: item.type, title: item.title, words: `${item.type} ${item.help}` },
        group: categoryTitles[item.category],
        run: () => addAtWire(item.type, port, search.from, search.direction, search.flow),
      }));
    case 'connect':
      return targetsOf(shown, search.node);
  }
}

/** Every input of the drawing, those that fit first. */
function targetsOf(shown: Lowered, id: string): SearchItem[] {
  const outputs = shown.portNames.get(id)?.outputs ?? [];
  const found = outputs.flatMap((output) => {
    const from = { node: id, port: output };
    const trial = startWire(shown, from, 'forward');
    return [...shown.nodes.values()]
      .filter(({ node }) => node.id !== id)
      .flatMap(({ node, ports }) =>
        ports.inputs.map((port) => {
          const to = { node: node.id, port };
          const { fits, reason } = trial.verdict(to);
          const taken = shown.nodes.get(node.id)?.sources[ports.inputs.indexOf(port)] !== undefined;
          const ends = `${outputs.length > 1 ? `${output} → ` : ''}${node.name}`;
          return {
            order: (fits ? 0 : 2) + (taken ? 1 : 0),
            item: {
              id: `${output}\n${node.id}\n${port}`,
              title: ports.inputs.length > 1 ? `${ends}, input ${port}` : ends,
              note: `${fits ? 'fits' : reason}${taken ? ' (replaces a wire)' : ''}`,
              run: () => void attempt(() => connect(from, to)),
            },
          };
        }),
      );
  });
  return found.sort((a, b) => a.order - b.order).map(({ item }) => item);
}
