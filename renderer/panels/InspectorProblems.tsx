import { AlertTriangle, CircleAlert, Trash2, Wrench } from 'lucide-react';
import { type Diagnostic, keyOf } from '../../src/lower/index.ts';
import { attempt, fixesOf, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { useLater } from '../ui/later.ts';

/** One problem in many layers of a block is told once. */
interface Told {
  readonly diagnostic: Diagnostic;
  readonly more: number;
}

function gathered(told: readonly Diagnostic[]): readonly Told[] {
  const alike = Map.groupBy(told, ({ layer, ...rest }) => (layer ? rest.code : keyOf(rest as Diagnostic)));
  return [...alike.values()].map(([diagnostic, ...more]) => ({
    diagnostic: diagnostic as Diagnostic,
    more: more.length,
  }));
}

/** What is wrong, and what would mend it. Nothing where all is well. */
export function InspectorProblems({ told }: { readonly told: readonly Diagnostic[] }) {
  if (told.length === 0) return null;
  return (
    <section className="inspector-problems" aria-label="Problems">
      {gathered(told).map((one) => (
        <Problem key={keyOf(one.diagnostic)} {...one} />
      ))}
    </section>
  );
}

/** How many problems there are, beside a title; leads to them. */
export function ProblemCount({ told }: { readonly told: readonly Diagnostic[] }) {
  const errors = told.filter((d) => d.severity === 'error').length;
  if (told.length === 0) return null;
  const words = errors > 0 ? `${errors} error${errors === 1 ? '' : 's'}` : `${told.length} to look at`;
  return (
    <button
      type="button"
      className={`badge inspector-count ${errors > 0 ? 'bad' : 'warn'}`}
      onClick={() => document.querySelector('.inspector-problems')?.scrollIntoView({ block: 'nearest' })}
    >
      {words}
    </button>
  );
}

function Problem({ diagnostic, more }: Told) {
  const { severity, message } = diagnostic;
  const shown = useEditor((s) => s.shown);
  // Each fix is tried on the drawing, which must not hold up what is typed.
  const fixes = useLater(shown, () => fixesOf(diagnostic));
  const Icon = severity === 'error' ? CircleAlert : AlertTriangle;
  return (
    <div className={`inspector-problem ${severity === 'error' ? 'bad' : 'warn'}`}>
      <p className="text-selectable">
        <Icon size={14} aria-label={severity} /> {message}
        {more > 0 && (
          <span className="muted"> The same in {more === 1 ? 'one more layer' : `${more} more layers`}.</span>
        )}
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
