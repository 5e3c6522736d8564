import { CircleCheck, CircleX, RotateCcw } from 'lucide-react';
import { parseWish } from '../../src/engines/select.ts';
import type { EngineInstallation, EngineInstalling } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { Gain } from './Gain.tsx';
import { tryAgain } from './install.ts';
import { setWish, useWish } from './store.ts';

interface EndedProps {
  readonly state: EngineInstalling;
  readonly installation: EngineInstallation;
  /** Back to what can be installed, or to what is. */
  readonly again: () => void;
  readonly onClose: () => void;
}

/** What came of an installation. */
export function Ended({ state, again, onClose, installation }: EndedProps) {
  if (state.phase === 'done') return <Done {...{ state, again, onClose }} />;
  const { error, message, gpu } = state;
  return (
    <div className="engine-ended">
      <div className="callout bad text-selectable" role="alert">
        <CircleX size={15} aria-hidden />
        <div>
          <p>{error?.message ?? message}</p>
          {error?.hint && <p>{error.hint}</p>}
        </div>
      </div>
      <p className="muted">
        {installation.installed
          ? `TensorFlow ${installation.installed.version} that was installed before is untouched.`
          : 'Nothing has changed: training goes on with the portable engine.'}
      </p>
      <div className="engine-actions">
        <Button onClick={again}>Back</Button>
        <Button kind="primary" onClick={() => void tryAgain(gpu)}>
          <RotateCcw size={14} aria-hidden /> Try again
        </Button>
      </div>
    </div>
  );
}

function Done({ state, again, onClose }: Omit<EndedProps, 'installation'>) {
  const wish = useWish();
  const { measured } = state;
  const isTaken = wish === '' || parseWish(wish).engine === 'tensorflow';
  return (
    <div className="engine-ended">
      <div className="callout good" role="status">
        <CircleCheck size={15} aria-hidden />
        <p>TensorFlow is installed.{isTaken && ' The next run uses it.'}</p>
      </div>
      {measured ? (
        <Gain measured={measured} />
      ) : (
        <p className="muted">
          What it gains was not measured: a network was being trained meanwhile. "Measure" before a run tells
          how long a step takes.
        </p>
      )}
      {!isTaken && (
        <p className="callout">
          You have chosen '{wish}' for the next run.
          <Button small onClick={() => setWish('')}>
            Use the fastest that is available
          </Button>
        </p>
      )}
      <div className="engine-actions">
        <Button onClick={again}>Details</Button>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
