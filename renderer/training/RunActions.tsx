import { FileOutput, FolderOpen, Play, RotateCcw, Sprout, StepForward } from 'lucide-react';
import { useState } from 'react';
import { completeRecipe } from '../../src/recipe/recipe.ts';
import type { OpenedRun } from '../../src/services/contract.ts';
import { CompareWith } from '../compare/TickRun.tsx';
import { show } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TestButton, TryButton } from '../use/TryButton.tsx';
import { trainAgain } from './again.ts';
import { resumeRun } from './control.ts';
import { Controls } from './Progress.tsx';
import { activeOf, useTraining } from './store.ts';
import { openStored } from './TrainedDrawing.tsx';

/** A run of another version may hold what this one refuses; its epochs are all that is asked for. */
const epochsOf = ({ record: { recipe } }: OpenedRun) =>
  typeof recipe.epochs === 'number' ? recipe.epochs : completeRecipe({}).epochs;

/** What can be done with a run: while it is trained, after it ended early, after it finished. */
export function RunActions({ run, isActive }: { readonly run: OpenedRun; readonly isActive: boolean }) {
  const [extending, setExtending] = useState(false);
  const trained = useTraining(activeOf);
  const { record, document, hasWeights } = run;
  const { id, title, state } = record;
  const busy = trained ? `"${trained.title}" is being trained; one run at a time.` : undefined;
  if (isActive && trained?.run === id) return <Controls run={trained} />;
  const endedEarly = state !== 'finished';
  return (
    <div className="controls">
      {endedEarly && (
        <Button
          kind="primary"
          disabled={busy !== undefined}
          title={busy ?? 'From where it was: the same steps as if it had never ended'}
          onClick={() => void resumeRun(id, null)}
        >
          <Play size={14} /> Go on
        </Button>
      )}
      <Button
        kind={endedEarly ? 'plain' : 'primary'}
        disabled={!hasWeights}
        title={hasWeights ? undefined : 'No weights were stored of this run'}
        onClick={() => show({ kind: 'export', run: id })}
      >
        <FileOutput size={14} /> Export…
      </Button>
      <TryButton run={id} hasWeights={hasWeights} />
      <TestButton run={id} hasWeights={hasWeights} />
      <Button disabled={busy !== undefined} title={busy} onClick={() => setExtending(true)}>
        <StepForward size={14} /> Train further…
      </Button>
      <Button onClick={() => openStored(document, title)}>
        <FolderOpen size={14} /> Open the drawing
      </Button>
      <Button onClick={() => trainAgain(run)}>
        <RotateCcw size={14} /> Train again with this recipe
      </Button>
      <Button
        disabled={!hasWeights}
        title="A new run that begins with the weights of this one, also on other data"
        onClick={() => trainAgain(run, true)}
      >
        <Sprout size={14} /> New run from its weights
      </Button>
      <CompareWith run={id} />
      {extending && <ExtendDialog run={run} onClose={() => setExtending(false)} />}
    </div>
  );
}

const MOST_EPOCHS = 10_000;

function ExtendDialog({ run, onClose }: { readonly run: OpenedRun; readonly onClose: () => void }) {
  const before = epochsOf(run);
  const [more, setMore] = useState(before);
  const isFine = Number.isInteger(more) && more >= 1 && before + more <= MOST_EPOCHS;
  const begin = () => {
    onClose();
    void resumeRun(run.record.id, before + more);
  };
  return (
    <Dialog
      title={`Train "${run.record.title}" further`}
      onClose={onClose}
      width={420}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!isFine} onClick={begin}>
            Train further
          </Button>
        </>
      }
    >
      <form
        className="extend"
        onSubmit={(e) => {
          e.preventDefault();
          if (isFine) begin();
        }}
      >
        <label className="field">
          <span className="field-label">More epochs</span>
          <input
            className="input"
            type="number"
            min={1}
            max={MOST_EPOCHS - before}
            value={Number.isNaN(more) ? '' : more}
            onChange={(e) => setMore(e.target.valueAsNumber)}
          />
        </label>
        <p className="muted">
          {isFine
            ? `${before + more} epochs in all, in the same run. A schedule is stretched to the new end.`
            : `Expected a whole number from 1 to ${MOST_EPOCHS - before}.`}
        </p>
      </form>
    </Dialog>
  );
}
