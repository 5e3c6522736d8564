import type { Events } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { cancelAdding } from './adding.ts';
import { progressWords, shareOf } from './words.ts';

interface ProgressProps {
  readonly progress: Events['data.adding'];
  readonly onClose: () => void;
}

/** How far the pictures were looked at, and the way to end it. */
export function Progress({ progress, onClose }: ProgressProps) {
  const share = shareOf(progress);
  const words = progressWords(progress);
  return (
    <>
      <p className="data-place text-selectable">{progress.place}</p>
      <div
        className={`progress ${share === undefined ? 'unknown' : ''}`}
        role="progressbar"
        aria-label="Adding your pictures"
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        aria-valuetext={words}
      >
        <div style={{ width: share === undefined ? undefined : `${share * 100}%` }} />
      </div>
      <p>{words}</p>
      <p className="muted">
        You can close this and go on working. What was looked at is remembered if you cancel.
      </p>
      <div className="data-actions">
        <Button onClick={onClose}>Go on working</Button>
        <Button onClick={cancelAdding}>Cancel</Button>
      </div>
    </>
  );
}
