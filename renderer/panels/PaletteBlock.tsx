import { useState } from 'react';
import { removeUnusedBlocks, setBlockMeta } from '../../src/document/block-edits.ts';
import { MAX_TITLE } from '../../src/document/format.ts';
import { usesOf } from '../canvas/blocks.ts';
import { attemptOnDocument, documentNow, goInside } from '../state/editor.ts';
import type { MenuEntry } from '../ui/Menu.tsx';

/** What can be done with a block of the drawing's own, besides placing it. */
export function blockEntries(type: string, rename: () => void): readonly MenuEntry[] {
  const uses = usesOf(documentNow(), type);
  return [
    { title: 'Edit the inside', run: () => goInside(type) },
    { title: 'Rename', run: rename },
    'separator',
    {
      title: 'Delete',
      disabled: uses > 0,
      hint:
        uses > 0 ? `It is used ${uses === 1 ? 'once' : `${uses} times`}: remove its uses first.` : undefined,
      run: () => removeBlock(type),
    },
  ];
}

/** Others that are unused stay. */
function removeBlock(type: string): void {
  attemptOnDocument((d) => ({
    label: `Delete block ${d.blocks.find((b) => b.type === type)?.title}`,
    changes: removeUnusedBlocks(d).changes.filter((c) => c.put === 'block' && c.type === type),
  }));
}

interface RenameProps {
  readonly type: string;
  readonly title: string;
  readonly onDone: () => void;
}

/** The title of a block, edited where it stands. Enter and leaving keep it, Escape does not. */
export function PaletteRename({ type, title, onDone }: RenameProps) {
  const [text, setText] = useState(title);
  const given = text.trim();
  const keep = () => {
    if (given !== '' && given !== title) attemptOnDocument((d) => setBlockMeta(d, type, { title: given }));
    onDone();
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person asked to type here.
      autoFocus
      className="input"
      aria-label={`New title of ${title}`}
      aria-invalid={given === ''}
      maxLength={MAX_TITLE}
      value={text}
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => setText(e.target.value)}
      onBlur={keep}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Enter') e.currentTarget.blur();
        if (e.key === 'Escape') onDone();
      }}
    />
  );
}
