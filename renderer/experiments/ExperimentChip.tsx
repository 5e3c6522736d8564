import { useApp } from '../state/app.ts';
import { Ring } from '../ui/Ring.tsx';
import { Tip } from '../ui/Tip.tsx';
import { show, useExperiments } from './store.ts';
import { shareDone } from './words.ts';

/** In the header: the experiment that runs, and how far it is. */
export function ExperimentChip() {
  const active = useExperiments((s) => s.active);
  if (!active) return null;
  const { id, title, done, total, phase } = active;
  const words = `${title}: ${done} of ${total} networks done${phase === 'paused' ? ', paused' : ''}`;
  return (
    <Tip text={words}>
      <button
        type="button"
        className={`training-chip ${phase}`}
        onClick={() => {
          show({ kind: 'stored', id });
          useApp.setState({ view: 'experiments' });
        }}
      >
        <Ring share={shareDone(active)} />
        <span>{phase === 'paused' ? 'paused' : `${done}/${total}`}</span>
        <span className="visually-hidden">{words}. Show the experiment</span>
      </button>
    </Tip>
  );
}
