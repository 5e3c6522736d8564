import { GitCompareArrows } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { changesWords } from '../../src/compare/changes.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { compareDrawings } from './store.ts';
import { tieOf } from './tie.ts';

/** Whether the open drawing is the one that a run was trained from, and what has changed since. */
export function DrawingTie({ run, text }: { readonly run: string; readonly text: string }) {
  // A moment later than an edit, which it must not hold up.
  const open = useDeferredValue(useEditor((s) => s.history.document));
  const tie = useMemo(() => tieOf(text, open), [text, open]);
  if (tie === null) return null;
  const count = tie.changes === null ? '' : changesWords(tie.changes);
  const words = {
    same: 'Trained from the open drawing, which has not changed since.',
    changed: `The open drawing has changed since: ${count}.`,
    other: `The open drawing is another one${count && `, ${count} away`}.`,
  }[tie.kind];
  return (
    <p className="drawing-tie" data-testid="drawing-tie">
      <span>{words}</span>
      {tie.kind !== 'same' && (
        <Button small onClick={() => compareDrawings(`run:${run}`, 'open')}>
          <GitCompareArrows size={13} aria-hidden />{' '}
          {tie.kind === 'changed' ? 'Show the changes' : 'Side by side'}
        </Button>
      )}
    </p>
  );
}
