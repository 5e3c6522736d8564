import { isPlain, setPlain } from '../../src/document/plain.ts';
import { diagnose, errorsOf, mend } from '../../src/lower/index.ts';
import { editSelectedBlock, leaveBlock, unpackSelection } from '../canvas/blocks.ts';
import { canvas } from '../canvas/handle.ts';
import { addComment, addFrame } from '../canvas/notes.ts';
import { show } from '../state/app.ts';
import { attempt, becomeShown, fixesOf, shownNow, useEditor } from '../state/editor.ts';
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
    blocked: () => (openErrors().length === 0 ? 'there are no errors.' : undefined),
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

const openErrors = () => errorsOf(useEditor.getState().shownDiagnostics);

/** The first fix of each error, as one entry of the history; removes nothing. */
function fixAll(): void {
  const { inside, classes } = useEditor.getState();
  const applied = inside === null ? fixNetwork(classes) : fixInside();
  const open = openErrors().length;
  say({
    kind: open > 0 ? 'info' : 'good',
    text: `${applied.length === 0 ? 'Nothing could be fixed' : applied.join('. ')}.`,
    hint: open > 0 ? `${errorWords(open)} left for you; the Problems panel tells which.` : undefined,
  });
}

const errorWords = (count: number) => (count === 1 ? '1 error is' : `${count} errors are`);

function fixNetwork(classes: number | undefined): readonly string[] {
  const { document, applied } = mend(shownNow(), { classes });
  const [only] = applied;
  if (only !== undefined)
    becomeShown(document, applied.length === 1 ? only : `Fix ${applied.length} problems`);
  return applied;
}

let gestures = 0;

/** `mend` knows whole networks: it would give the inside of a block an input that it need not have. */
function fixInside(): readonly string[] {
  const merge = `fix inside ${++gestures}`;
  const applied: string[] = [];
  const next = () => {
    const before = errorsOf(diagnose(useEditor.getState().shown)).length;
    for (const error of openErrors()) {
      const fix = fixesOf(error).find(({ destructive, errors }) => !destructive && errors < before);
      if (fix) return fix;
    }
    return undefined;
  };
  for (let fix = next(); fix; fix = next()) {
    const { title, edit } = fix;
    if (!attempt(() => ({ ...edit, label: title }), { merge })) break;
    applied.push(title);
  }
  return applied;
}
