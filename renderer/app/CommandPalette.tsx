import { useMemo, useState } from 'react';
import { templates } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { showNode } from '../canvas/show-node.ts';
import { commands } from '../commands/index.ts';
import { runCommand, whyNot } from '../commands/run.ts';
import { startFrom } from '../files/actions.ts';
import { useEditor } from '../state/editor.ts';
import { type SearchItem, SearchList } from '../ui/SearchList.tsx';

/** Every command, template and node by its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const nodes = useEditor((s) => s.shown.document.nodes);
  const [query, setQuery] = useState('');
  const items = useMemo((): SearchItem[] => {
    const fromCommands = commands.map((command): SearchItem => {
      const why = whyNot(command);
      return {
        id: command.id,
        title: command.title,
        group: command.category,
        words: command.words ?? '',
        shortcut: command.shortcuts?.[0],
        note: why && `not now: ${why}`,
        run: () => void runCommand(command),
      };
    });
    const fromTemplates = templates.map(
      (t): SearchItem => ({
        id: `template:${t.id}`,
        title: `New: ${t.title}`,
        group: 'Templates',
        words: `${t.id} ${t.help}`,
        run: () => startFrom(t.build(defaultOptions)),
      }),
    );
    const fromNodes = nodes.slice(0, 2000).map(
      (n): SearchItem => ({
        id: `node:${n.id}`,
        title: `Go to ${n.name}`,
        group: 'Nodes',
        words: n.type,
        run: () => showNode(n.id),
      }),
    );
    return [...fromCommands, ...fromTemplates, ...(query ? fromNodes : [])];
  }, [nodes, query]);
  return (
    <SearchList
      label="All commands"
      placeholder="Search commands, templates and nodes"
      items={items}
      query={query}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}
