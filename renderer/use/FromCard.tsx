import { Sprout, X } from 'lucide-react';
import type { RunMatch } from '../../src/services/contract.ts';
import { IconButton } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';
import { forgetFrom, useFrom, useMatch } from './begin-from.ts';

/** With whose weights the training will begin, and which of them fit; nothing where it begins fresh. */
export function FromCard() {
  const { run, title } = useFrom();
  const matched = useMatch(run);
  if (run === null) return null;
  const isBad = matched !== null && ('error' in matched || matched.match.taken.length === 0);
  return (
    <section
      className={isBad ? 'from-card bad' : 'from-card'}
      aria-label="Begins with"
      data-testid="from-card"
    >
      <Sprout size={16} aria-hidden />
      <div className="from-words">
        <p>
          Begins with the weights of <b>{title}</b>
        </p>
        {matched === null ? (
          <p className="muted">Comparing…</p>
        ) : 'error' in matched ? (
          <p className="text-selectable">{matched.error}</p>
        ) : (
          <Told match={matched.match} />
        )}
      </div>
      <IconButton label="Begin with fresh weights" small onClick={forgetFrom}>
        <X size={14} />
      </IconButton>
    </section>
  );
}

function Told({ match }: { readonly match: RunMatch }) {
  const { taken, misfits, missing, replaced, unused, step } = match;
  const fresh = misfits.length + missing.length + replaced.length;
  const shapes = (shape: readonly number[]) => `[${shape.join(', ')}]`;
  const rest: readonly (readonly [string, readonly string[]])[] = [
    ['Fresh, for other classes', replaced],
    [
      'Fresh, of another shape',
      misfits.map((m) => `${m.path}: ${shapes(m.expected)} here, ${shapes(m.received)} there`),
    ],
    ['Fresh, not in the run', missing],
    ['Not taken over', unused],
  ];
  const told = rest.filter(([, paths]) => paths.length > 0);
  return (
    <>
      <p className={taken.length === 0 ? undefined : 'muted'}>
        {taken.length === 0
          ? 'None of them fits this drawing: names or shapes are others.'
          : `${exact(taken.length)} of ${exact(taken.length + fresh)} weights fit${step === null ? '' : `, after step ${exact(step)}`}.`}
      </p>
      {told.length > 0 && (
        <details>
          <summary>What does not fit</summary>
          {told.map(([name, paths]) => (
            <div key={name}>
              <h4>{name}</h4>
              <ul className="text-selectable">
                {paths.map((path) => (
                  <li key={path}>{path}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
    </>
  );
}
