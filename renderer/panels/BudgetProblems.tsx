import { AlertTriangle, CircleAlert, CircleCheck } from 'lucide-react';
import { shortcutOf } from '../commands/index.ts';
import { useApp } from '../state/app.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import { countWords } from './budget.ts';

/** How many problems there are; leads to them. */
export function BudgetProblems() {
  const told = useEditor((s) => s.shownDiagnostics);
  const open = useApp((s) => s.panel === 'problems');
  const errors = told.filter((d) => d.severity === 'error').length;
  const warnings = told.length - errors;
  const state = errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good';
  const Icon = errors > 0 ? CircleAlert : warnings > 0 ? AlertTriangle : CircleCheck;
  return (
    <Tip
      text={open ? 'Close the Problems panel' : 'Show the Problems panel'}
      shortcut={shortcutOf('view.problems')}
    >
      <Button
        small
        kind="quiet"
        className="budget-problems"
        data-state={state}
        aria-expanded={open}
        onClick={() => useApp.setState({ panel: open ? null : 'problems' })}
      >
        <Icon size={14} aria-hidden="true" /> {countWords(errors, warnings)}
      </Button>
    </Tip>
  );
}
