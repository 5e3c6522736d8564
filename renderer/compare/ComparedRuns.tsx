import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import { idOf, useRuns } from '../training/runs.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { useNames } from './names.ts';
import { RunKey } from './RunKey.tsx';
import { addCompared, removeCompared, useCompare } from './store.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' });
/** As many as a menu can show; older ones are chosen in the list of runs. */
const IN_MENU = 40;

/** The compared runs, each with its colour: added, taken away, pointed at. */
export function ComparedRuns() {
  const { runs, errors, loaded } = useCompare();
  const names = useNames();
  return (
    <ul className="compared" aria-label="Compared runs">
      {runs.map((run) => (
        <li
          key={run}
          className="compared-run"
          onPointerEnter={() => useCompare.setState({ hovered: run })}
          onPointerLeave={() => useCompare.setState({ hovered: null })}
        >
          <RunKey run={run} />
          <span className="compared-name">{names.get(run) ?? run}</span>
          {errors[run] !== undefined && (
            <span className="badge bad" title={describeError(errors[run])}>
              cannot be read
            </span>
          )}
          {!loaded[run] && errors[run] === undefined && <span className="muted">reading…</span>}
          <IconButton small label={`Leave out ${names.get(run) ?? run}`} onClick={() => removeCompared(run)}>
            <X size={13} />
          </IconButton>
        </li>
      ))}
      <li>
        <AddRun />
      </li>
    </ul>
  );
}

function AddRun() {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const list = useRuns((s) => s.list);
  const runs = useCompare((s) => s.runs);
  const entries = (list ?? []).flatMap((item): MenuEntry[] =>
    'record' in item && !runs.includes(idOf(item))
      ? [
          {
            title: `${item.record.title}, ${when.format(new Date(item.record.createdAt))}`,
            run: () => addCompared(item.record.id),
          },
        ]
      : [],
  );
  return (
    <>
      <Button
        small
        disabled={entries.length === 0}
        title={entries.length === 0 ? 'There is no further run' : undefined}
        aria-haspopup="menu"
        onClick={(e) => {
          const { left, bottom } = e.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        <Plus size={13} aria-hidden /> Add a run
      </Button>
      {at && <Menu label="Runs" at={at} entries={entries.slice(0, IN_MENU)} onClose={() => setAt(null)} />}
    </>
  );
}
