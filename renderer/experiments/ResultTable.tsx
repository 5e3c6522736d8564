import { useMemo } from 'react';
import type { ExperimentDocument } from '../../src/experiments/experiment.ts';
import { type ExperimentResult, summarise } from '../../src/experiments/results.ts';
import { summaryTable } from '../../src/experiments/table.ts';
import { lookAtRun } from './actions.ts';

/** A row a network, the mean of its seeds with the least and the most; below each the runs that it made. */
export function ResultTable({
  experiment,
  results,
}: {
  readonly experiment: ExperimentDocument;
  readonly results: readonly ExperimentResult[];
}) {
  const { columns, rows } = useMemo(() => summaryTable(experiment, results), [experiment, results]);
  const summaries = useMemo(() => summarise(experiment, results), [experiment, results]);
  const failed = results.filter((result) => result.failed !== '');
  return (
    <section className="card" aria-label="Results">
      <h3>Results</h3>
      <p className="muted">Mean of the seeds; in brackets the least and the most.</p>
      <div className="result-scroll">
        <table className="table result-table" data-testid="experiment-results">
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={column} scope="col" className={i === 0 ? '' : 'number'}>
                  {column}
                </th>
              ))}
              <th scope="col">Runs, by seed</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row[0]}>
                {row.map((cell, j) =>
                  j === 0 ? (
                    <th key={columns[j]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={columns[j]} className="number">
                      {cell}
                    </td>
                  ),
                )}
                <td className="result-runs">
                  {summaries[i]?.results.map(({ run, seed }) =>
                    run === null ? null : (
                      <button
                        key={seed}
                        type="button"
                        className="link"
                        aria-label={`Run of ${row[0]}, seed ${seed}`}
                        onClick={() => lookAtRun(run)}
                      >
                        {seed}
                      </button>
                    ),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failed.map(({ variant, seed, failed: why }) => (
        <p key={`${variant} ${seed}`} className="callout warn text-selectable">
          {variant}, seed {seed}: {why}
        </p>
      ))}
    </section>
  );
}
