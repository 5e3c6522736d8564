import { Bell, CircleStop, Pause, Play, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { ActiveRun, RunEnd } from '../../src/services/contract.ts';
import { engineTitle } from '../engines/choice.ts';
import { useEngines } from '../engines/store.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { bytes, duration, exact } from '../ui/format.ts';
import { TryButton } from '../use/TryButton.tsx';
import { controlRun, goOn } from './control.ts';
import { askForNotifications, permissionNow } from './notify.ts';
import { StepSplit } from './StepSplit.tsx';
import { endTitle, phaseWords, stateKind, stateWords, waysOn } from './words.ts';

/** 'Step 34 of 90 · epoch 1 of 1' */
export function stepWords({ step, totalSteps, stepsPerEpoch }: ActiveRun): string {
  const epochs = Math.max(1, Math.round(totalSteps / stepsPerEpoch));
  const epoch = Math.min(epochs, Math.floor(step / stepsPerEpoch) + 1);
  return `Step ${exact(step)} of ${exact(totalSteps)} · epoch ${epoch} of ${epochs}`;
}

export const shareDone = ({ step, totalSteps }: ActiveRun) => (totalSteps > 0 ? step / totalSteps : 0);

function Figures({ run, ended }: { readonly run: ActiveRun; readonly ended: RunEnd | null }) {
  const { imagesPerSecond, secondsLeft, memoryBytes } = run;
  const figures: readonly (readonly [string, string])[] = [
    ['Pictures a second', imagesPerSecond === null ? '–' : `${Number(imagesPerSecond.toPrecision(3))}`],
    ...(ended
      ? []
      : ([['Time left', secondsLeft === null ? '–' : duration(Math.ceil(secondsLeft))]] as const)),
    ['Memory', `about ${bytes(memoryBytes)}`],
  ];
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Controls({ run }: { readonly run: ActiveRun }) {
  const paused = run.phase === 'paused';
  const stopping = run.phase === 'stopping';
  const keepsBest = Number(run.recipe.keepBest ?? 0) > 0;
  return (
    <div className="controls">
      <NotifyButton />
      <Button disabled={stopping} onClick={() => void controlRun(paused ? 'resume' : 'pause')}>
        {paused ? <Play size={14} /> : <Pause size={14} />} {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        disabled={stopping}
        title={
          keepsBest
            ? 'Ends after this step; the best weights until then are what exports and predictions read'
            : 'Ends after this step and keeps the weights'
        }
        onClick={() => void controlRun('stop')}
      >
        <CircleStop size={14} /> {keepsBest ? 'Stop, keep the best' : 'Stop'}
      </Button>
      <TryButton run={run.run} />
      <Button kind="danger" title="Ends at once" onClick={() => void controlRun('cancel')}>
        <X size={14} /> Cancel
      </Button>
    </div>
  );
}

function NotifyButton() {
  const [permission, setPermission] = useState(permissionNow);
  if (permission !== 'default') return null;
  return (
    <IconButton
      label="Tell me when it ends, in another window too"
      onClick={() => void askForNotifications().then(setPermission)}
    >
      <Bell size={14} />
    </IconButton>
  );
}

function WaysOn({ run, ended }: { readonly run: ActiveRun; readonly ended: RunEnd }) {
  return (
    <div className="controls">
      {waysOn(ended, run.recipe).map((way, i) => (
        <Button key={way.title} kind={i === 0 ? 'primary' : 'plain'} onClick={() => goOn(way, run.run)}>
          {way.title}
        </Button>
      ))}
      <TryButton run={run.run} />
    </div>
  );
}

/** What is trained, how far it is, how fast, and what can be done with it. */
export function Progress({ run, ended }: { readonly run: ActiveRun; readonly ended: RunEnd | null }) {
  const engines = useEngines((s) => s.engines);
  const share = ended?.state === 'finished' ? 1 : shareDone(run);
  const kind = ended ? stateKind[ended.state] : run.phase === 'paused' ? 'warn' : 'accent';
  return (
    <section className="card progress-card" aria-label="Progress" data-testid="train-progress">
      <div className="progress-top">
        <div className="progress-title">
          <h2>{run.title}</h2>
          <span className={`badge ${kind}`} role="status">
            {ended ? stateWords[ended.state] : phaseWords[run.phase]}
          </span>
        </div>
        {ended ? <WaysOn run={run} ended={ended} /> : <Controls run={run} />}
      </div>
      <div
        className={`progress ${ended && ended.state !== 'finished' ? 'halted' : ''}`}
        role="progressbar"
        aria-label="Steps done"
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={stepWords(run)}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <div className="progress-foot">
        <span className="progress-step">{stepWords(run)}</span>
        <Figures run={run} ended={ended} />
      </div>
      {run.pace && <StepSplit pace={run.pace} />}
      {ended && ended.state !== 'finished' && (
        <p className={`callout text-selectable ${ended.state === 'failed' ? 'bad' : ''}`}>
          {endTitle(ended, run.title)} {ended.reason}
        </p>
      )}
      <p className="muted progress-engine">
        {engineTitle(engines, run.engine)} on {run.device}: {run.engineWhy}.
      </p>
      {run.warnings.length > 0 && (
        <ul className="warnings" aria-label="Warnings">
          {run.warnings.map((warning) => (
            <li key={warning} className="callout warn text-selectable">
              <TriangleAlert size={14} aria-hidden /> {warning}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
