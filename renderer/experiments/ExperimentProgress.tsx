import { CircleStop, Pause, Play, TriangleAlert } from 'lucide-react';
import type { ExperimentDocument } from '../../src/experiments/experiment.ts';
import type { ActiveExperiment } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { duration } from '../ui/format.ts';
import { control } from './actions.ts';
import { netWords, shareDone } from './words.ts';

/** Which network it is at, how far it is, and what can be done with it. */
export function ExperimentProgress({
  active,
  experiment,
}: {
  readonly active: ActiveExperiment;
  readonly experiment: ExperimentDocument;
}) {
  const { id, phase, done, total, secondsLeft, engine, device, warnings } = active;
  const share = shareDone(active);
  const paused = phase === 'paused';
  const stopping = phase === 'stopping';
  return (
    <section className="card progress-card" aria-label="Progress" data-testid="experiment-progress">
      <div className="progress-top">
        <span className="progress-step">
          {stopping ? 'Stopping after this step' : netWords(active, experiment)}
        </span>
        <div className="controls">
          <Button disabled={stopping} onClick={() => void control(id, paused ? 'resume' : 'pause')}>
            {paused ? <Play size={14} /> : <Pause size={14} />} {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button
            disabled={stopping}
            title="Networks that are done are kept; it can go on later"
            onClick={() => void control(id, 'stop')}
          >
            <CircleStop size={14} /> Stop
          </Button>
        </div>
      </div>
      <div
        className="progress"
        role="progressbar"
        aria-label="Networks done"
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${done} of ${total} networks`}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <div className="progress-foot">
        <span>
          {done} of {total} networks done
          {secondsLeft !== null && ` · ${duration(Math.ceil(secondsLeft))} left`}
        </span>
        {engine && (
          <span className="muted progress-engine">
            {engine} on {device}
          </span>
        )}
      </div>
      {warnings.map((warning) => (
        <p key={warning} className="callout warn text-selectable">
          <TriangleAlert size={14} aria-hidden /> {warning}
        </p>
      ))}
    </section>
  );
}
