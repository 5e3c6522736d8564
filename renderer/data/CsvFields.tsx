import { useId } from 'react';
import type { CsvColumns, CsvGuess } from '../../src/services/contract.ts';

interface CsvFieldsProps {
  readonly csv: CsvGuess;
  readonly columns: CsvColumns;
  readonly onChange: (columns: CsvColumns) => void;
}

const uses = [
  { key: 'path', title: 'Paths' },
  { key: 'label', title: 'Labels' },
  { key: 'part', title: 'Parts (train, val, test)' },
] as const;

/** Which column is what: guessed, to be confirmed or put right beside the first rows. */
export function CsvFields({ csv, columns, onChange }: CsvFieldsProps) {
  const id = useId();
  const titleOf = (column: number) => uses.find(({ key }) => columns[key] === column)?.title;
  return (
    <fieldset className="data-csv">
      <legend>Columns of the CSV, as guessed</legend>
      <div className="data-columns">
        {uses.map(({ key, title }) => (
          <div className="field" key={key}>
            <label className="field-label" htmlFor={`${id}-${key}`}>
              {title}
            </label>
            <select
              id={`${id}-${key}`}
              className="input"
              value={columns[key] ?? ''}
              onChange={(e) =>
                onChange({ ...columns, [key]: e.target.value === '' ? null : Number(e.target.value) })
              }
            >
              {key === 'part' && <option value="">none</option>}
              {csv.names.map((name, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <option key={column} value={column}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      <label className="data-header">
        <input
          type="checkbox"
          checked={columns.header}
          onChange={(e) => onChange({ ...columns, header: e.target.checked })}
        />
        The first row names the columns
      </label>
      <section className="data-rows" aria-label="First rows">
        <table>
          <thead>
            <tr>
              {csv.names.map((name, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <th key={column} data-used={titleOf(column) !== undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {csv.rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
              <tr key={row}>
                {csv.names.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                  <td key={column}>{cells[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </fieldset>
  );
}
