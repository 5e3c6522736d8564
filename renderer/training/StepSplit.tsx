import type { StepPace } from '../../src/services/contract.ts';
import { type Part, partsOf, splitWords } from './split.ts';

const titles: Readonly<Record<Part, string>> = {
  data: 'Waiting for pictures',
  step: 'Forward, backward and update in one',
  compute: 'Forward and backward',
  update: 'Update of the weights',
};

/** What the steps spend their time on, as the engine tells it apart. */
export function StepSplit({ pace }: { readonly pace: StepPace }) {
  const parts = partsOf(pace);
  const total = parts.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <div className="split" data-testid="step-split">
      <span className="split-bar" role="img" aria-label={`A step: ${splitWords(pace)}`}>
        {parts.map(({ part, ms }) => (
          <span key={part} className={part} style={{ flexGrow: total > 0 ? ms / total : 0 }} />
        ))}
      </span>
      <span className="split-words">
        {parts.map(({ part, words }) => (
          <span key={part} title={titles[part]}>
            <i className={part} aria-hidden="true" /> {words}
          </span>
        ))}
      </span>
    </div>
  );
}
