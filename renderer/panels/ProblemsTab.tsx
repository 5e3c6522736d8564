import { CircleCheck, Wrench } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { keyOf } from '../../src/lower/index.ts';
import type { Command } from '../commands/command.ts';
import { findCommand, shortcutOf } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { countWords } from './budget.ts';
import { ProblemsRow } from './ProblemsRow.tsx';

/** A drawing of thousands of problems is mended from its beginning. */
const PAGE = 200;

const fixAll = () => void runCommand(findCommand('network.fix') as Command);

/** Everything that is wrong with what is shown, errors first, each with what would mend it. */
export function ProblemsTab() {
  const told = useDeferredValue(useEditor((s) => s.shownDiagnostics));
  const empty = useEditor((s) => s.shown.document.nodes.length === 0);
  const [most, setMost] = useState(PAGE);
  const sorted = useMemo(
    () => [...told].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
    [told],
  );
  if (told.length === 0)
    return (
      <div className="empty">
        <CircleCheck size={22} aria-hidden="true" />
        <p>No problems.</p>
      </div>
    );
  const errors = told.filter((d) => d.severity === 'error').length;
  const more = sorted.length - most;
  return (
    <>
      <div className="bottom-tools">
        <span className="muted">{countWords(errors, told.length - errors)}</span>
        {errors > 0 && !empty && (
          <Tip
            text="Applies the first fix of each error, as one step that can be undone; removes nothing"
            shortcut={shortcutOf('network.fix')}
          >
            <Button small onClick={fixAll}>
              <Wrench size={13} aria-hidden="true" /> Fix all
            </Button>
          </Tip>
        )}
      </div>
      <ul className="problems-list" aria-label="Problems">
        {sorted.slice(0, most).map((diagnostic) => (
          <ProblemsRow key={`${diagnostic.code}${keyOf(diagnostic)}`} diagnostic={diagnostic} />
        ))}
      </ul>
      {more > 0 && (
        <Button small className="problems-more" onClick={() => setMost(most + PAGE)}>
          Show {exact(Math.min(PAGE, more))} more of {exact(more)}
        </Button>
      )}
    </>
  );
}
