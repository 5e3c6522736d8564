import { ArrowDown, ArrowUp, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { RunEnd, RunListItem } from '../../src/services/contract.ts';
import { CompareTicked, TickRun } from '../compare/TickRun.tsx';
import { exact, percent } from '../ui/format.ts';
import { anyRun, type RunColumn, type RunRow, runRows, tagsOf } from './run-rows.ts';
import { useRuns } from './runs.ts';
import { stateKind, stateWords } from './words.ts';

const heads: readonly { by: RunColumn; title: string; number?: true }[] = [
  { by: 'title', title: 'Title' },
  { by: 'when', title: 'When' },
  { by: 'state', title: 'State' },
  { by: 'data', title: 'Data' },
  { by: 'size', title: 'Size', number: true },
  { by: 'optimizer', title: 'Optimiser' },
  { by: 'engine', title: 'Engine' },
  { by: 'steps', title: 'Steps', number: true },
  { by: 'loss', title: 'Loss', number: true },
  { by: 'accuracy', title: 'Test', number: true },
];
const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const statesOf = (list: readonly RunListItem[]) => [
  ...new Set(list.flatMap((item) => ('record' in item ? [item.record.state] : []))),
];

function shown(by: RunColumn, value: string | number | null): string {
  if (value === null) return '–';
  if (by === 'when') return when.format(new Date(value));
  if (by === 'loss') return Number(value).toFixed(3);
  if (by === 'accuracy') return percent(Number(value));
  return typeof value === 'number' ? exact(value) : value;
}

function Row({
  row,
  selected,
  first,
}: {
  readonly row: RunRow;
  readonly selected: boolean;
  readonly first: boolean;
}) {
  const { id, damaged, cells } = row;
  const state = cells.state as RunEnd['state'] | null;
  return (
    <tr
      data-run={id}
      aria-selected={selected}
      tabIndex={selected || first ? 0 : -1}
      onClick={() => useRuns.setState({ selected: id })}
      onFocus={() => useRuns.setState({ selected: id })}
    >
      <td className="run-tick">{damaged === null && <TickRun run={id} title={`${cells.title}`} />}</td>
      {damaged !== null ? (
        <>
          <td className="run-title">{id}</td>
          <td colSpan={heads.length - 1} className="run-damaged">
            <TriangleAlert size={12} aria-hidden /> {damaged}
          </td>
        </>
      ) : (
        heads.map(({ by, number }) => (
          <td key={by} className={number ? 'number' : by === 'title' ? 'run-title' : ''}>
            {by === 'state' && state ? (
              <span className={`badge ${stateKind[state]}`}>{stateWords[state]}</span>
            ) : (
              shown(by, cells[by])
            )}
            {by === 'title' &&
              row.tags.map((tag) => (
                <span key={tag} className="tag">
                  {tag}
                </span>
              ))}
          </td>
        ))
      )}
    </tr>
  );
}

function onKey(e: KeyboardEvent<HTMLTableSectionElement>): void {
  const rows = [...e.currentTarget.querySelectorAll<HTMLElement>('tr[data-run]')];
  const now = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: rows.length - 1 }[e.key];
  if (to === undefined || now < 0) return;
  e.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
}

/** All runs: searched, sorted by a column, chosen by pointer or arrows. */
export function RunTable({ list }: { readonly list: readonly RunListItem[] }) {
  const selected = useRuns((s) => s.selected);
  const [query, setQuery] = useState('');
  const [{ by, falling }, setOrder] = useState<{ by: RunColumn; falling: boolean }>({
    by: 'when',
    falling: true,
  });
  const [filter, setFilter] = useState(anyRun);
  const tags = useMemo(() => tagsOf(list), [list]);
  const states = useMemo(() => statesOf(list), [list]);
  const rows = useMemo(() => runRows(list, query, by, falling, filter), [list, query, by, falling, filter]);
  const isListed = rows.some((r) => r.id === selected);
  return (
    <>
      <div className="runs-head">
        <h2>Runs</h2>
        <CompareTicked known={rows.flatMap((r) => (r.damaged === null ? [r.id] : []))} />
        <input
          className="input"
          type="search"
          placeholder="Search runs"
          aria-label="Search runs"
          value={query}
          onChange={(e) => setQuery(e.target.value)}
        />
        {states.length > 1 && (
          <select
            className="input"
            aria-label="State"
            value={filter.state}
            onChange={(e) => setFilter({ ...filter, state: e.target.value })}
          >
            <option value="">Any state</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {stateWords[state]}
              </option>
            ))}
          </select>
        )}
        {tags.length > 0 && (
          <select
            className="input"
            aria-label="Tag"
            value={filter.tag}
            onChange={(e) => setFilter({ ...filter, tag: e.target.value })}
          >
            <option value="">Any tag</option>
            {tags.map((tag) => (
              <option key={tag}>{tag}</option>
            ))}
          </select>
        )}
      </div>
      <div className="runs-scroll">
        <table className="table runs-table" aria-label="Runs" data-testid="run-list">
          <thead>
            <tr>
              <th className="run-tick">
                <span className="visually-hidden">Compare</span>
              </th>
              {heads.map(({ by: column, title, number }) => (
                <th
                  key={column}
                  className={number ? 'number' : ''}
                  aria-sort={column === by ? (falling ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    onClick={() =>
                      setOrder({ by: column, falling: column === by ? !falling : column !== 'title' })
                    }
                  >
                    {title}
                    {column === by && (falling ? <ArrowDown size={11} /> : <ArrowUp size={11} />)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={onKey}>
            {rows.map((row, i) => (
              <Row key={row.id} row={row} selected={row.id === selected} first={!isListed && i === 0} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="muted runs-none">{query ? `No run has “${query}”.` : 'No run is so.'}</p>
        )}
      </div>
    </>
  );
}
