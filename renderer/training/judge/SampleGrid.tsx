import { Check, History, X } from 'lucide-react';
import { useState } from 'react';
import type { SampleReport } from '../../../src/services/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { exact, percent } from '../../ui/format.ts';
import { Picture, usePixels } from '../Pictures.tsx';

/** The same few pictures again and again, with what the network answers now, or answered then. */
export function SampleGrid({ report }: { readonly report: SampleReport }) {
  const { labels, classes, history = [] } = report;
  /** The step that is looked back to; null: the newest. */
  const [back, setBack] = useState<number | null>(null);
  const looks = [...history, report];
  const found = back === null ? -1 : looks.findLastIndex((look) => look.step <= back);
  const at = found < 0 ? looks.length - 1 : found;
  const { step, probabilities } = looks[at] ?? report;
  const bytes = usePixels(report.pixels);
  const answers = probabilities.map((row) => {
    const share = Math.max(...row);
    return { answer: row.indexOf(share), share };
  });
  const right = answers.filter(({ answer }, i) => answer === labels[i]).length;
  return (
    <section className="card" aria-label="Sample answers">
      <div className="card-head">
        <h3>What it answers</h3>
        <span className="muted">
          {right} of {labels.length} right · step {exact(step)}
        </span>
      </div>
      {looks.length > 1 && (
        <div className="scrubber">
          <History size={14} aria-hidden />
          <input
            type="range"
            aria-label="Look back at earlier answers"
            aria-valuetext={`step ${step}`}
            min={0}
            max={looks.length - 1}
            value={at}
            onChange={(e) => {
              const to = Number(e.target.value);
              setBack(to === looks.length - 1 ? null : (looks[to]?.step ?? null));
            }}
          />
          <Button small kind="quiet" disabled={back === null} onClick={() => setBack(null)}>
            Newest
          </Button>
        </div>
      )}
      <ul className="sample-grid" data-testid="sample-grid">
        {answers.map(({ answer, share }, i) => {
          const truth = classes[labels[i] as number] ?? '?';
          const told = classes[answer] ?? '?';
          const good = answer === labels[i];
          const words = good ? `${told}, right` : `${told}, but it is ${truth}`;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: the pictures of a run stay the same, in their order.
              key={i}
              className={`sample ${good ? 'good' : 'bad'}`}
              title={`${words}; ${percent(share)} sure`}
            >
              <Picture bytes={bytes} of={report} index={i} label={`Picture of ${truth}`} />
              <span className="sample-answer">
                {good ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
                <span>{told}</span>
              </span>
              <span className="sample-bar" aria-hidden>
                <span style={{ width: `${share * 100}%` }} />
              </span>
              <span className="visually-hidden">
                {words}, {percent(share, 0)} sure
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
