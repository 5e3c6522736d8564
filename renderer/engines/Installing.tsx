import type { EngineInstalling } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { cancelInstall } from './install.ts';
import { amountOf, shareOf, stepOf, steps } from './install-words.ts';

/** How far it is, and the way to end it. */
export function Installing({
  state,
  onClose,
}: {
  readonly state: EngineInstalling;
  readonly onClose: () => void;
}) {
  return (
    <div className="engine-installing">
      <InstallSteps state={state} />
      <InstallBar state={state} />
      <p className="engine-message" role="status">
        {state.message}
      </p>
      <p className="muted">
        You can close this and go on working: how far it is stands at the top of the window. What was
        downloaded is kept if you cancel.
      </p>
      <div className="engine-actions">
        <Button kind="primary" onClick={onClose}>
          Go on working
        </Button>
        <Button onClick={() => void cancelInstall()}>Cancel the installation</Button>
      </div>
    </div>
  );
}

/** The phases in their order. */
function InstallSteps({ state }: { readonly state: EngineInstalling }) {
  const now = stepOf(state);
  return (
    <ol className="engine-steps" aria-label="Steps of the installation">
      {steps.map(({ phase, title }, i) => (
        <li
          key={phase}
          data-state={i < now ? 'done' : i === now ? 'now' : 'later'}
          aria-current={i === now ? 'step' : undefined}
        >
          {title}
        </li>
      ))}
    </ol>
  );
}

function InstallBar({ state }: { readonly state: EngineInstalling }) {
  const share = shareOf(state);
  const amount = amountOf(state);
  return (
    <div className="engine-bar">
      <div
        className={`progress ${share === undefined ? 'unknown' : ''}`}
        role="progressbar"
        aria-label={state.message}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        aria-valuetext={amount || undefined}
      >
        <div style={{ width: share === undefined ? undefined : `${share * 100}%` }} />
      </div>
      <span className="engine-amount">{amount}</span>
    </div>
  );
}
