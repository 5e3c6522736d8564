import { ArrowDown, ArrowUp, Check } from 'lucide-react';
import { useState } from 'react';
import { type FigureKey, figureKinds } from '../../src/compare/figures.ts';
import type { RunTable } from '../../src/compare/run-table.ts';
import { RunKey } from './RunKey.tsx';
import { openRunOf } from './subjects.ts';

interface ResultTableProps {
  readonly ids: readonly string[];
  readonly table: RunTable;
}

interface Order {
  /** Null: as the runs were chosen. */
  readonly by: string | null;
  readonly falling: boolean;
}

/** Places of runs, sorted by a result; what has none comes last either way. */
function sorted({ ids, table }: ResultTableProps, { by, falling }: Order): number[] {
  const all = ids.map((_, i) => i);
  if (by === 'name') {
    const order = all.sort((a, b) => (table.names[a] ?? '').localeCompare(table.names[b] ?? ''));
    return falling ? order.reverse() : order;
  }
  const values = table.results.find((r) => r.key === by)?.values;
  if (!values) return all;
  return all.sort((a, b) => {
    const [x, y] = [values[a] as number | null, values[b] as number | null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return falling ? y - x : x - y;
  });
}

/** A line a run; the best of each column is marked. */
export function ResultTable({ ids, table }: ResultTableProps) {
  const [order, setOrder] = useState<Order>({ by: null, falling: true });
  const head = (by: string, title: string, help?: string) => {
    const chosen = order.by === by;
    return (
      <th
        key={by}
        className={by === 'name' ? '' : 'number'}
        aria-sort={chosen ? (order.falling ? 'descending' : 'ascending') : undefined}
      >
        <button
          type="button"
          title={help}
          onClick={() => setOrder({ by, falling: chosen ? !order.falling : by !== 'name' })}
        >
          {title}
          {chosen && (order.falling ? <ArrowDown size={11} /> : <ArrowUp size={11} />)}
        </button>
      </th>
    );
  };
  return (
    <div className="compare-scroll">
      <table className="table compare-table sortable" aria-label="Results" data-testid="compare-results">
        <thead>
          <tr>
            {head('name', 'Run')}
            {table.results.map(({ key, title }) => head(key, title, figureKinds[key as FigureKey].help))}
          </tr>
        </thead>
        <tbody>
          {sorted({ ids, table }, order).map((i) => {
            const id = ids[i] as string;
            return (
              <tr key={id} data-run={id}>
                <th scope="row">
                  <RunKey run={id} />
                  <button type="button" className="link" title="Open the run" onClick={() => openRunOf(id)}>
                    {table.names[i]}
                  </button>
                </th>
                {table.results.map(({ key, texts, best }) => (
                  <td key={key} className={`number ${best[i] ? 'best' : ''}`}>
                    {best[i] && <Check size={12} aria-label="best" />}
                    {texts[i]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
