import { AlertTriangle, CircleAlert, Trash2, Wrench } from 'lucide-react';
import { type Diagnostic, keyOf } from '../../src/lower/index.ts';
import { attempt, fixesOf, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { useLater } from './inspector-later.ts';

/** What is wrong, and what would mend it. Nothing where all is well. */
export function InspectorProblems({ told }: { readonly told: readonly Diagnostic[] }) {
  if (told.length === 0) return null;
  return (
    <section className="inspector-problems" aria-label="Problems">
      {told.map((diagnostic) => (
        <Problem key={keyOf(diagnostic)} diagnostic={diagnostic} />
      ))}
    </section>
  );
}

function Problem({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { severity, message } = diagnostic;
  const shown = useEditor((s) => s.shown);
  // Each fix is tried on the drawing, which must not hold up what is typed.
  const fixes = useLater(shown, () => fixesOf(diagnostic));
  const Icon = severity === 'error' ? CircleAlert : AlertTriangle;
  return (
    <div className={`inspector-problem ${severity === 'error' ? 'bad' : 'warn'}`}>
      <p className="text-selectable">
        <Icon size={14} aria-label={severity} /> {message}
      </p>
      {fixes?.map(({ title, edit, destructive }) => (
        <Button
          key={title}
          small
          kind={destructive ? 'danger' : 'plain'}
          className="inspector-fix"
          onClick={() => attempt(() => ({ ...edit, label: title }))}
        >
          {destructive ? <Trash2 size={13} aria-hidden="true" /> : <Wrench size={13} aria-hidden="true" />}
          {title}
        </Button>
      ))}
    </div>
  );
}
