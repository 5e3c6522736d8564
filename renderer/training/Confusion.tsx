import { useState } from 'react';
import type { EvaluationReport } from '../../src/services/contract.ts';
import { exact, percent } from '../ui/format.ts';
import { confusionWords } from './words.ts';

/** A class's name where there is little room. */
const brief = (name: string) => (name.length <= 7 ? name : `${name.slice(0, 6)}…`);

/** Which class was taken for which: a table whose cells are coloured the more strongly, the more of their row lie in them; text keeps its contrast. */
export function Confusion({ report }: { readonly report: EvaluationReport }) {
  const [words, setWords] = useState<string | null>(null);
  const { classes, confusion, accuracy, loss, count, set, step } = report;
  const told = (truth: number, answer: number) => confusionWords(report, truth, answer);
  return (
    <section className="card" aria-label="Confusion matrix">
      <div className="card-head">
        <h3>What is taken for what</h3>
        <span className="muted">
          {exact(count)} {set === 'test' ? 'test' : 'held-out'} pictures · step {exact(step)}
        </span>
      </div>
      <p className="confusion-figures">
        <b>{percent(accuracy)}</b> right · loss {loss.toFixed(3)}
      </p>
      <div className="confusion-scroll">
        <table
          className={classes.some((name) => name.length > 3) ? 'confusion long' : 'confusion'}
          data-testid="confusion"
          onPointerLeave={() => setWords(null)}
        >
          <caption className="visually-hidden">
            Rows: what the pictures are. Columns: what was answered.
          </caption>
          <thead>
            <tr>
              <td className="muted">is ↓ · answered →</td>
              {classes.map((name) => (
                <th key={name} scope="col" title={name}>
                  <span>{brief(name)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, truth) => {
              const total = Math.max(
                1,
                row.reduce((a, b) => a + b, 0),
              );
              return (
                <tr key={classes[truth]}>
                  <th scope="row" title={classes[truth]}>
                    {brief(classes[truth] ?? '?')}
                  </th>
                  {row.map((value, answer) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns are classes, in their order.
                      key={answer}
                      className={truth === answer ? 'right' : 'wrong'}
                      style={{ ['--share' as string]: value === 0 ? '0%' : `${5 + (45 * value) / total}%` }}
                      title={told(truth, answer)}
                      onPointerEnter={() => setWords(told(truth, answer))}
                    >
                      {value || ''}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="confusion-words muted">{words ?? 'Point at a cell to read it.'}</p>
    </section>
  );
}
