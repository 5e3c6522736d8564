import { RotateCw } from 'lucide-react';
import { useEffect, useId } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { TrainedNetwork } from '../../src/services/contract.ts';
import { activeOf, useTraining } from '../training/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { exact } from '../ui/format.ts';
import { AnswerView } from './AnswerView.tsx';
import { DrawPad } from './DrawPad.tsx';
import { PictureDrop, usePaste } from './PictureDrop.tsx';
import { PictureGrid } from './PictureGrid.tsx';
import { askShown, closeNetwork, openNetwork, setMode, shownItem, takesDigits, useUse } from './store.ts';

const WIDTH = 980;

/** Asks a trained network, also one that is being trained, about pictures. */
export function UseDialog({ run, onClose }: { readonly run: string; readonly onClose: () => void }) {
  const { network, error } = useUse();
  useEffect(() => {
    void openNetwork(run);
    return closeNetwork;
  }, [run]);
  const title = network ? `Try “${network.title}”` : 'Try the network';
  return (
    <Dialog title={title} onClose={onClose} width={WIDTH} className="use-dialog">
      {error ? (
        <div className="use-failed">
          <p className="callout bad text-selectable">{describeError(error)}</p>
          <Button onClick={() => void openNetwork(run)}>
            <RotateCw size={14} /> Try again
          </Button>
        </div>
      ) : network ? (
        <Opened network={network} />
      ) : (
        <p className="muted use-empty" role="status">
          Opening the network…
        </p>
      )}
    </Dialog>
  );
}

function Opened({ network }: { readonly network: TrainedNetwork }) {
  usePaste();
  useNewerWeights(network.run);
  const state = useUse();
  const { mode } = state;
  const panel = useId();
  const tabs = [
    ['draw', 'Draw'],
    ['pictures', 'Pictures'],
  ] as const;
  return (
    <>
      <Weights network={network} />
      <div className="use">
        <div className="use-side">
          <div className="segmented" role="tablist" aria-label="What to ask about">
            {tabs.map(([id, title]) => (
              <button
                key={id}
                type="button"
                role="tab"
                aria-selected={mode === id}
                aria-controls={panel}
                onClick={() => setMode(id)}
              >
                {title}
              </button>
            ))}
          </div>
          <div id={panel} role="tabpanel" aria-label={mode === 'draw' ? 'Draw' : 'Pictures'}>
            {/* What is drawn stays while pictures are looked at. */}
            <div hidden={mode !== 'draw'}>
              <DrawPad digits={takesDigits(network)} />
            </div>
            <div hidden={mode !== 'pictures'}>
              <PictureDrop />
            </div>
          </div>
        </div>
        <section className="use-answer" aria-label="What it answers">
          <AnswerView
            item={shownItem(state)}
            network={network}
            empty={
              mode === 'draw'
                ? 'Draw something on the left: the answer comes while you draw.'
                : 'Give it a picture on the left: what it takes it for stands here.'
            }
          />
        </section>
      </div>
      {mode === 'pictures' && <PictureGrid title={network.title} />}
    </>
  );
}

/** Which weights answer. */
function Weights({ network }: { readonly network: TrainedNetwork }) {
  const state = useUse();
  const active = useTraining((s) => activeOf(s)?.run === network.run);
  const { step, storedAt } = shownItem(state)?.prediction ?? network;
  const at = new Date(storedAt).toLocaleTimeString(undefined, { timeStyle: 'short' });
  return (
    <p className="muted use-weights" data-testid="use-weights">
      {active && <span className="badge accent">being trained</span>}
      <span>
        {step === null ? 'Its weights as stored' : `Its weights after step ${exact(step)}, stored`} at {at}
        {active && '; newer ones answer as soon as they are stored'}. {network.classes.length} classes,
        pictures of {network.shape[1]} × {network.shape[0]}.
      </span>
    </p>
  );
}

/** While it is trained, what is shown is asked again after each epoch. */
function useNewerWeights(run: string): void {
  const epochs = useTraining((s) => {
    const active = activeOf(s);
    return active?.run === run ? Math.floor(active.step / active.stepsPerEpoch) : 0;
  });
  useEffect(() => {
    if (epochs > 0) askShown();
  }, [epochs]);
}
