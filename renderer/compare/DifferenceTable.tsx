import { sameValue } from '../../src/compare/fields.ts';
import type { ComparedRow, RunTable } from '../../src/compare/run-table.ts';
import { Button } from '../ui/Button.tsx';
import { RunKey } from './RunKey.tsx';
import { compareDrawings } from './store.ts';

const groups = [
  { key: 'recipe', title: 'Recipe' },
  { key: 'drawing', title: 'Drawing' },
  { key: 'environment', title: 'Environment' },
] as const;

interface DifferenceTableProps {
  readonly ids: readonly string[];
  readonly table: RunTable;
}

/** A column a run: only what is not the same in all. */
export function DifferenceTable({ ids, table }: DifferenceTableProps) {
  const [first] = ids;
  if (ids.length < 2) return <p className="muted">One run differs from nothing; add another.</p>;
  if (groups.every(({ key }) => table[key].length === 0))
    return <p className="muted">Recipe, drawing and environment are the same.</p>;
  return (
    <div className="compare-scroll">
      <table className="table compare-table" aria-label="What differs" data-testid="compare-differences">
        <thead>
          <tr>
            <td />
            {ids.map((id, i) => (
              <th key={id} scope="col">
                <RunKey run={id} />
                {table.names[i]}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ key, title }) =>
          table[key].length === 0 ? null : (
            <tbody key={key}>
              <tr className="group">
                <th scope="rowgroup">{title}</th>
                {ids.map((id, i) => (
                  <td key={id}>
                    {key === 'drawing' && i > 0 && first !== undefined && (
                      <Button small onClick={() => compareDrawings(`run:${first}`, `run:${id}`)}>
                        Side by side
                      </Button>
                    )}
                  </td>
                ))}
              </tr>
              {table[key].map((row) => (
                <Row key={row.key} row={row} ids={ids} />
              ))}
            </tbody>
          ),
        )}
      </table>
    </div>
  );
}

function Row({ row, ids }: { readonly row: ComparedRow; readonly ids: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{row.title}</th>
      {ids.map((id, i) => {
        const other = i > 0 && !sameValue(row.values[i], row.values[0]);
        return (
          <td key={id} className={other ? 'other' : ''}>
            {row.texts[i]}
          </td>
        );
      })}
    </tr>
  );
}
