import type { EvaluationReport } from '../../../src/services/contract.ts';
import { exact, percent } from '../../ui/format.ts';
import type { Look } from './answers.ts';
import { commonMistakes } from './class-figures.ts';

const MOST = 20;

interface MistakesProps {
  readonly report: EvaluationReport;
  readonly look: Look;
  onLook(look: Look): void;
}

/** In the place of a matrix that would have too many cells to be read. */
export function Mistakes({ report, look, onLook }: MistakesProps) {
  const { classes } = report;
  const mistakes = commonMistakes(report, MOST);
  if (mistakes.length === 0) return <p className="muted preview-none">No mistake was made.</p>;
  return (
    <ul className="mistakes" aria-label="The commonest mistakes">
      {mistakes.map(({ truth, answer, count, share }) => (
        <li key={`${truth} ${answer}`}>
          <button
            type="button"
            aria-pressed={look.kind === 'cell' && look.truth === truth && look.answer === answer}
            onClick={() => onLook({ kind: 'cell', truth, answer })}
          >
            <span>
              {classes[truth]} <span className="muted">taken for</span> {classes[answer]}
            </span>
            <b>{exact(count)}</b>
            <span className="muted">{percent(share, 0)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
