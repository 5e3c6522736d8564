import { Activity } from 'lucide-react';
import { EngineOffer } from '../engines/EngineOffer.tsx';
import { LiveView } from './LiveView.tsx';
import { Preview } from './Preview.tsx';
import { QueuePanel } from './queue/QueuePanel.tsx';
import { RecipePanel } from './RecipePanel.tsx';
import { useTraining } from './store.ts';

/** Recipe, start, live view. */
export function TrainView() {
  const run = useTraining((s) => s.run);
  return (
    <div className={run ? 'train has-run' : 'train'}>
      <h1 className="visually-hidden">Train</h1>
      <RecipePanel />
      <section className="live" aria-label="Training">
        <EngineOffer />
        {run ? <LiveView run={run} /> : <Before />}
      </section>
    </div>
  );
}

function Before() {
  return (
    <>
      <QueuePanel />
      <div className="card before">
        <Activity size={28} aria-hidden />
        <div>
          <h2>Watch it learn</h2>
          <p>
            Start trains the drawing on this machine; loss, accuracy and sample answers appear here as it
            learns. You can go on drawing meanwhile, and every run is kept under Runs.
          </p>
        </div>
      </div>
      <Preview />
    </>
  );
}
