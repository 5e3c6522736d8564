import type { EvaluationReport } from '../../../src/services/contract.ts';
import { exact, percent } from '../../ui/format.ts';
import { classFigures, meanOf } from './class-figures.ts';

const shown = (value: number | null) => (value === null ? '–' : percent(value));
const columns = ['precision', 'recall', 'f1'] as const;

/** How well each class is known. */
export function ClassTable({ report }: { readonly report: EvaluationReport }) {
  const figures = classFigures(report);
  return (
    <section className="card" aria-label="Each class">
      <div className="card-head">
        <h3>Each class</h3>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too. */}
      <section className="class-scroll" tabIndex={0} aria-label="Figures of each class">
        <table className="table class-table" data-testid="class-table">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" className="number" title="Of what was answered so, the share that is it">
                Precision
              </th>
              <th scope="col" className="number" title="Of what is it, the share that was answered so">
                Recall
              </th>
              <th scope="col" className="number" title="Harmonic mean of precision and recall">
                F1
              </th>
              <th scope="col" className="number" title="Pictures that are it">
                Pictures
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map((f) => (
              <tr key={f.index}>
                <th scope="row">{f.name}</th>
                {columns.map((what) => (
                  <td key={what} className="number">
                    <span className="class-bar" style={{ ['--share' as string]: `${100 * (f[what] ?? 0)}%` }}>
                      {shown(f[what])}
                    </span>
                  </td>
                ))}
                <td className="number">{exact(f.support)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Mean</th>
              {columns.map((what) => (
                <td key={what} className="number">
                  {shown(meanOf(figures, what))}
                </td>
              ))}
              <td className="number">{exact(report.count)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    </section>
  );
}
