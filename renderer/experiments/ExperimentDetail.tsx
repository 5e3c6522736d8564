import { Copy, Play, Share2, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { describeError } from '../../src/base/errors.ts';
import { storyOf } from '../../src/experiments/story.ts';
import type { ActiveExperiment } from '../../src/services/contract.ts';
import { datasetOf, useCatalogue } from '../training/catalogue.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { remove, resume, share } from './actions.ts';
import { ExperimentFigure } from './ExperimentFigure.tsx';
import { ExperimentProgress } from './ExperimentProgress.tsx';
import { ResultTable } from './ResultTable.tsx';
import { type OpenedHere, paceNow, show, useExperiments } from './store.ts';
import { about, secondsOf, stateKind, stateWords } from './words.ts';

/** Everything that is known of a stored experiment, while it runs and after. */
export function ExperimentDetail({ id }: { readonly id: string }) {
  const { opened, error } = useExperiments();
  const active = useExperiments((s) => (s.active?.id === id ? s.active : undefined));
  if (error) return <p className="callout bad text-selectable">{describeError(error)}</p>;
  if (opened?.record.id !== id)
    return (
      <div className="empty" role="status">
        Reading the experiment…
      </div>
    );
  return <Opened opened={opened} active={active} />;
}

function Opened({
  opened,
  active,
}: {
  readonly opened: OpenedHere;
  readonly active: ActiveExperiment | undefined;
}) {
  const { experiment, record } = opened;
  const { id, results, reason } = record;
  const state = active ? (active.phase === 'paused' ? 'paused' : 'running') : record.state;
  const elsewhere = !active && (state === 'running' || state === 'paused');
  const total = experiment.seeds.length * experiment.variants.length;
  const story = useMemo(() => storyOf(experiment, results), [experiment, results]);
  return (
    <div className="experiment-detail">
      <div className="progress-top">
        <div className="progress-title">
          <h2>{experiment.title}</h2>
          <span className={`badge ${stateKind[state]}`} role="status">
            {stateWords[state]}
          </span>
        </div>
        <div className="controls">
          {!active && !elsewhere && results.length < total && <GoOn opened={opened} />}
          <Button onClick={() => show({ kind: 'setup', experiment })}>
            <Copy size={14} /> Change and repeat…
          </Button>
          <Button
            title="Saves the experiment without its results, to be given to others"
            onClick={() => share(experiment)}
          >
            <Share2 size={14} /> Save as a file
          </Button>
          <IconButton
            label="Delete the experiment…"
            disabled={active !== undefined}
            onClick={() => remove(id, experiment.title)}
          >
            <Trash2 size={15} />
          </IconButton>
        </div>
      </div>
      {experiment.note && <p className="text-selectable">{experiment.note}</p>}
      {active && <ExperimentProgress active={active} experiment={experiment} />}
      {elsewhere && (
        <p className="callout">
          Another Stemma runs it, as the command line does. Open it again to see how far it is.
        </p>
      )}
      {!active && reason && (
        <p className={`callout text-selectable ${state === 'failed' ? 'bad' : ''}`}>{reason}</p>
      )}
      {story.length > 0 && (
        <section className="card" aria-label="What is seen">
          <h3>What is seen</h3>
          <ul className="story text-selectable" data-testid="story">
            {story.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {(results.length > 0 || active) && <ExperimentFigure {...{ experiment, results, active }} />}
      {results.length > 0 && <ResultTable {...{ experiment, results }} />}
    </div>
  );
}

function GoOn({ opened: { experiment, record } }: { readonly opened: OpenedHere }) {
  const pace = useExperiments(paceNow);
  const busy = useExperiments((s) => s.starting || s.active !== null);
  const data = useCatalogue((s) => datasetOf(s.datasets, `${experiment.recipe.data}`));
  const left = useMemo(
    () => data && about(secondsOf(experiment, data.trainCount, pace, record.results)),
    [experiment, data, pace, record.results],
  );
  return (
    <Button kind="primary" disabled={busy} title={left} onClick={() => void resume(record.id)}>
      <Play size={14} /> {record.results.length === 0 ? 'Run it' : 'Go on'}
    </Button>
  );
}
