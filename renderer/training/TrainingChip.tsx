import { PencilLine } from 'lucide-react';
import type { ActiveRun } from '../../src/services/contract.ts';
import { useApp } from '../state/app.ts';
import { Ring } from '../ui/Ring.tsx';
import { Tip } from '../ui/Tip.tsx';
import { useMovedOn } from './moved-on.ts';
import { shareDone, stepWords } from './Progress.tsx';
import { activeOf, useTraining } from './store.ts';
import { phaseWords } from './words.ts';

/** In the header: what is being trained, how far. */
export function TrainingChip() {
  const run = useTraining(activeOf);
  return run && <Chip run={run} />;
}

function Chip({ run }: { readonly run: ActiveRun }) {
  const loss = useTraining((s) => (s.version >= 0 ? s.series.train.loss.last : undefined));
  const moved = useMovedOn(run);
  const share = shareDone(run);
  const percent = `${Math.floor(share * 100)} %`;
  const words = `${run.title}: ${phaseWords[run.phase]}. ${stepWords(run)}${moved ? '. What is drawn now is not what is trained' : ''}`;
  return (
    <Tip text={words}>
      <button
        type="button"
        className={`training-chip ${run.phase}`}
        onClick={() => useApp.setState({ view: 'train' })}
      >
        <Ring share={share} />
        <span>{run.phase === 'paused' ? 'paused' : percent}</span>
        {loss !== undefined && Number.isFinite(loss) && <span className="chip-loss">{loss.toFixed(2)}</span>}
        {moved && <PencilLine size={12} aria-hidden="true" />}
        <span className="visually-hidden">{words}. Show the training</span>
      </button>
    </Tip>
  );
}
