import { isPlain, setPlain } from '../../src/document/plain.ts';
import { errorsOf, mend } from '../../src/lower/index.ts';
import { editSelectedBlock, leaveBlock, unpackSelection } from '../canvas/blocks.ts';
import { canvas } from '../canvas/handle.ts';
import { addComment, addFrame } from '../canvas/notes.ts';
import { show } from '../state/app.ts';
import { attempt, becomeShown, shownNow, useEditor } from '../state/editor.ts';
import { say } from '../ui/toasts.tsx';
import type { Command } from './command.ts';
import { needsNode } from './edit.ts';

export const networkCommands: readonly Command[] = [
  {
    id: 'network.add',
    title: 'Add a block…',
    category: 'Network',
    words: 'insert layer node search',
    shortcuts: ['Space', 'Shift+A'],
    scope: 'canvas',
    run: () => canvas.searchAndAdd(),
  },
  {
    id: 'network.connect',
    title: 'Connect…',
    category: 'Network',
    words: 'wire join',
    shortcuts: ['C'],
    scope: 'canvas',
    blocked: needsNode,
    run: () => canvas.connectByKeyboard(),
  },
  {
    id: 'network.layout',
    title: 'Arrange automatically',
    category: 'Network',
    words: 'layout tidy',
    shortcuts: ['L'],
    scope: 'canvas',
    run: () => canvas.layout(),
  },
  {
    id: 'network.group',
    title: 'Make a block of the selection…',
    category: 'Network',
    scope: 'drawing',
    words: 'group custom module repeat',
    shortcuts: ['Mod+G'],
    blocked: needsNode,
    run: () => show({ kind: 'group' }),
  },
  {
    id: 'network.editBlock',
    title: 'Edit the inside of a block',
    category: 'Network',
    scope: 'drawing',
    shortcuts: ['Mod+Enter'],
    blocked: needsNode,
    run: editSelectedBlock,
  },
  {
    id: 'network.leaveBlock',
    title: 'Back to the network',
    category: 'Network',
    scope: 'drawing',
    shortcuts: ['Alt+ArrowUp'],
    blocked: () => (useEditor.getState().inside === null ? 'the network is shown already.' : undefined),
    run: leaveBlock,
  },
  {
    id: 'network.unpack',
    title: 'Unpack',
    category: 'Network',
    scope: 'drawing',
    words: 'ungroup explode',
    shortcuts: ['Mod+Shift+G'],
    blocked: needsNode,
    run: unpackSelection,
  },
  {
    id: 'network.plain',
    title: 'Make plain: no skips',
    category: 'Network',
    scope: 'drawing',
    words: 'shortcut residual',
    blocked: () => (isPlain(shownNow()) ? 'no block has a skip.' : undefined),
    run: () => void attempt((d) => setPlain(d, true)),
  },
  {
    id: 'network.residual',
    title: 'Make residual: skips everywhere',
    category: 'Network',
    scope: 'drawing',
    words: 'shortcut plain',
    run: () => void attempt((d) => setPlain(d, false)),
  },
  {
    id: 'network.fix',
    title: 'Fix what can be fixed',
    category: 'Network',
    scope: 'drawing',
    words: 'mend problems errors',
    shortcuts: ['Mod+.'],
    blocked: () =>
      errorsOf(useEditor.getState().shownDiagnostics).length === 0 ? 'there are no errors.' : undefined,
    run: fixAll,
  },
  {
    id: 'network.comment',
    title: 'Add a comment',
    category: 'Network',
    scope: 'drawing',
    words: 'note text',
    run: addComment,
  },
  {
    id: 'network.frame',
    title: 'Add a frame',
    category: 'Network',
    scope: 'drawing',
    words: 'box around selection',
    run: addFrame,
  },
];

/** The first fix of each error, as one entry of the history; removes nothing. */
function fixAll(): void {
  const { classes } = useEditor.getState();
  const { document, applied, left } = mend(shownNow(), { classes });
  if (applied.length > 0) becomeShown(document, `Fix ${applied.length} problems`);
  const open = left.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  say({
    kind: open > 0 ? 'info' : 'good',
    text: `${applied.length === 0 ? 'Nothing could be fixed' : applied.join('. ')}.`,
    hint: open > 0 ? `${open} are left for you; the Problems panel tells them.` : undefined,
  });
}
