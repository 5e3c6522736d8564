import { type KeyboardEvent, useState } from 'react';
import type { EvaluationReport } from '../../../src/services/contract.ts';
import { exact, percent } from '../../ui/format.ts';
import { confusionWords } from '../words.ts';
import type { Look } from './answers.ts';
import { Mistakes } from './Mistakes.tsx';

/** A class's name where there is little room. */
const brief = (name: string) => (name.length <= 7 ? name : `${name.slice(0, 6)}…`);

/** A matrix of more classes cannot be read. */
const MOST_CLASSES = 24;

interface ConfusionProps {
  readonly report: EvaluationReport;
  readonly look: Look;
  /** A cell leads to its pictures. */
  onLook(look: Look): void;
}

/** Which class was taken for which. */
export function Confusion(props: ConfusionProps) {
  const { classes, accuracy, loss, count, set, step } = props.report;
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
      {classes.length > MOST_CLASSES ? <Mistakes {...props} /> : <Matrix {...props} />}
    </section>
  );
}

function onKey(event: KeyboardEvent<HTMLTableElement>): void {
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
  if (!by || !cell) return;
  const [row = 0, column = 0] = (cell.dataset.cell ?? '').split(' ').map(Number);
  event.preventDefault();
  event.currentTarget
    .querySelector<HTMLElement>(`[data-cell="${row + (by[0] ?? 0)} ${column + (by[1] ?? 0)}"]`)
    ?.focus();
}

/** Cells are coloured the more strongly, the more of their row lie in them; text keeps its contrast. */
function Matrix({ report, look, onLook }: ConfusionProps) {
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const [words, setWords] = useState<string | null>(null);
  const { classes, confusion } = report;
  const told = (truth: number, answer: number) => confusionWords(report, truth, answer);
  return (
    <>
      <div className="confusion-scroll">
        <table
          className={classes.some((name) => name.length > 3) ? 'confusion long' : 'confusion'}
          data-testid="confusion"
          onPointerLeave={() => setWords(null)}
          onKeyDown={onKey}
        >
          <caption className="visually-hidden">
            Rows: what the pictures are. Columns: what was answered. A cell shows its pictures.
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
                    >
                      <button
                        type="button"
                        data-cell={`${truth} ${answer}`}
                        aria-label={told(truth, answer)}
                        aria-pressed={look.kind === 'cell' && look.truth === truth && look.answer === answer}
                        tabIndex={at[0] === truth && at[1] === answer ? 0 : -1}
                        onFocus={() => {
                          setAt([truth, answer]);
                          setWords(told(truth, answer));
                        }}
                        onPointerEnter={() => setWords(told(truth, answer))}
                        onClick={() => onLook({ kind: 'cell', truth, answer })}
                      >
                        {value === 0 ? '' : exact(value)}
                      </button>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="confusion-words muted">{words ?? 'Click a cell to see its pictures.'}</p>
    </>
  );
}
