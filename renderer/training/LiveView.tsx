import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { ActiveRun } from '../../src/services/contract.ts';
import { useEditor } from '../state/editor.ts';
import { Inside } from '../telemetry/Inside.tsx';
import { Warnings } from '../telemetry/Warnings.tsx';
import { Button } from '../ui/Button.tsx';
import { Charts } from './Charts.tsx';
import { Judgement } from './judge/Judgement.tsx';
import { SampleGrid } from './judge/SampleGrid.tsx';
import { useMovedOn } from './moved-on.ts';
import { Preview } from './Preview.tsx';
import { Progress } from './Progress.tsx';
import { QueuePanel } from './queue/QueuePanel.tsx';
import { useTraining } from './store.ts';
import { openStored, TrainedDialog } from './TrainedDrawing.tsx';

/** Everything about the run that is trained, or was last. */
export function LiveView({ run }: { readonly run: ActiveRun }) {
  const { ended, series, version, evaluation, samples } = useTraining();
  const answers = samples ? <SampleGrid report={samples} /> : <Waiting what="What it answers" />;
  return (
    <>
      <Progress run={run} ended={ended} />
      <QueuePanel />
      <MovedOn run={run} isOver={ended !== null} />
      <Warnings
        {...{ series }}
        run={run.run}
        document={run.document}
        title={run.title}
        recipe={run.recipe}
        end={ended}
      />
      <Charts {...{ series, version }} height={210} name={run.title} stepsPerEpoch={run.stepsPerEpoch} />
      <Inside run={run.run} document={run.document} title={run.title} isOver={ended !== null} />
      {evaluation ? (
        <Judgement run={run.run} report={evaluation} beside={answers} />
      ) : (
        <div className="live-pair">
          {answers}
          <Waiting what="What is taken for what" hint={lookHint(run)} />
        </div>
      )}
      <details className="more">
        <summary>Training pictures</summary>
        <Preview />
      </details>
    </>
  );
}

const lookHint = ({ recipe }: ActiveRun) =>
  Number(recipe.validation ?? 0) > 0
    ? 'Comes when the held-out pictures are judged for the first time.'
    : 'This recipe holds no pictures out: it comes at the end, of the test pictures.';

function Waiting({
  what,
  hint = 'Comes with the first steps.',
}: {
  readonly what: string;
  readonly hint?: string;
}) {
  return (
    <section className="card" aria-label={what}>
      <div className="card-head">
        <h3>{what}</h3>
      </div>
      <p className="muted preview-none">{hint}</p>
    </section>
  );
}

/** Marks that the drawing is no longer what is trained; places and names of files aside. */
function MovedOn({ run, isOver }: { readonly run: ActiveRun; readonly isOver: boolean }) {
  const title = useEditor((s) => s.history.document.title);
  const [shown, setShown] = useState(false);
  if (!useMovedOn(run)) return null;
  return (
    <div className="callout warn moved-on" role="status">
      <PencilLine size={14} aria-hidden />
      <span>
        {isOver || title !== run.title
          ? `What ${isOver ? 'was' : 'is'} trained here is another drawing than the one that is open.`
          : 'The drawing has changed since this run started; the run goes on with what it started with.'}
      </span>
      <Button small onClick={() => setShown(true)}>
        Show what is trained
      </Button>
      <Button small kind="quiet" onClick={() => openStored(run.document, run.title)}>
        Open as a new drawing
      </Button>
      {shown && <TrainedDialog text={run.document} title={run.title} onClose={() => setShown(false)} />}
    </div>
  );
}
