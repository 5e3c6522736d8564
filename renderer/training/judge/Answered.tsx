import { Check, X } from 'lucide-react';
import { describeError } from '../../../src/base/errors.ts';
import type { AnsweredPictures, EvaluationReport } from '../../../src/services/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { exact, percent } from '../../ui/format.ts';
import { Picture, usePixels } from '../Pictures.tsx';
import { type Look, useAnswers } from './answers.ts';

const tabs = [
  { kind: 'wrong', title: 'Most wrong' },
  { kind: 'unsure', title: 'Least sure' },
  { kind: 'gained', title: 'Newly right' },
  { kind: 'lost', title: 'Newly wrong' },
] as const;

const none: Readonly<Record<Look['kind'], string>> = {
  wrong: 'Every picture is answered rightly.',
  unsure: 'There are no pictures.',
  gained: 'None turned right since then.',
  lost: 'None turned wrong since then.',
  cell: 'No picture is in this cell at the last look.',
};

interface AnsweredProps {
  readonly run: string;
  readonly report: EvaluationReport;
  readonly look: Look;
  onLook(look: Look): void;
}

/** The pictures behind the figures, with how sure the network was. */
export function Answered({ run, report, look, onLook }: AnsweredProps) {
  // The test pictures are looked at once, so that nothing can change.
  const set = look.kind === 'gained' || look.kind === 'lost' ? 'validation' : report.set;
  const { pages, state, more } = useAnswers(run, set, look, report.step);
  const [first] = pages;
  const { classes } = report;
  const shown = pages.reduce((n, page) => n + page.count, 0);
  return (
    <section className="card answered" aria-label="Pictures and their answers" data-testid="answered">
      <div className="card-head">
        <h3>
          {look.kind === 'cell' ? `${classes[look.truth]} taken for ${classes[look.answer]}` : 'Pictures'}
        </h3>
        {first && (
          <span className="muted">
            {exact(first.total)} {set === 'test' ? 'test' : 'held-out'} pictures · step {exact(first.step)}
          </span>
        )}
      </div>
      <div className="answered-tabs">
        <fieldset className="segmented" aria-label="Which pictures">
          {tabs.map(({ kind, title }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={look.kind === kind}
              onClick={() => onLook({ kind })}
            >
              {title}
              {first?.changes && kind === 'gained' && <b className="good"> {exact(first.changes.right)}</b>}
              {first?.changes && kind === 'lost' && <b className="bad"> {exact(first.changes.wrong)}</b>}
            </button>
          ))}
        </fieldset>
      </div>
      {first?.changes && (look.kind === 'gained' || look.kind === 'lost') && (
        <p className="muted answered-since">
          Since step {exact(first.changes.step)}, epoch {first.changes.epoch + 1}.
        </p>
      )}
      {typeof state === 'object' && <p className="callout text-selectable">{describeError(state.error)}</p>}
      {state === 'none' && (
        <p className="muted preview-none">
          {set === report.set
            ? 'This run kept no answers of single pictures.'
            : 'No pictures were held out, so nothing tells what changed.'}
        </p>
      )}
      {state === 'there' && shown === 0 && <p className="muted preview-none">{none[look.kind]}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too. */}
      <ul className="answer-grid" tabIndex={0} aria-label="Pictures">
        {pages.map((page, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages follow each other.
          <Page key={i} page={page} showBefore={look.kind === 'gained' || look.kind === 'lost'} />
        ))}
      </ul>
      {first && shown < first.total && (
        <Button small kind="quiet" onClick={more}>
          Show more
        </Button>
      )}
    </section>
  );
}

function Page({ page, showBefore }: { readonly page: AnsweredPictures; readonly showBefore: boolean }) {
  const bytes = usePixels(page.pixels);
  const name = (index: number | null | undefined) => page.classes[index ?? -1] ?? '?';
  return page.pictures.map(({ place, answer, answerProbability, truthProbability, before }, i) => {
    const label = page.labels[i];
    const good = answer === label;
    const was = showBefore && before !== null ? `; before: ${name(before)}` : '';
    const words = good
      ? `${name(answer)}, right, ${percent(answerProbability)} sure`
      : `${name(answer)}, ${percent(answerProbability)} sure, but it is ${name(label)} (${percent(truthProbability)})`;
    return (
      <li
        key={place}
        className={`sample ${good ? 'good' : 'bad'}`}
        title={`Picture ${place}: ${words}${was}`}
      >
        <Picture bytes={bytes} of={page} index={i} label={`Picture ${place}, ${name(label)}`} />
        <span className="sample-answer">
          {good ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
          <span>{name(answer)}</span>
          <b>{percent(answerProbability, 0)}</b>
        </span>
        <span className="sample-truth" aria-hidden>
          {good ? (was ? `was ${name(before)}` : '') : `is ${name(label)} · ${percent(truthProbability, 0)}`}
        </span>
        <span className="visually-hidden">
          {words}
          {was}
        </span>
      </li>
    );
  });
}
