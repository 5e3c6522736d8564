import { Contrast } from 'lucide-react';
import { useId } from 'react';
import type { Prediction, TrainedNetwork } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { percent } from '../ui/format.ts';
import { Seen } from './Seen.tsx';
import { setInvert, showMap, type UseItem, useUse } from './store.ts';

const SHOWN = 5;

interface AnswerProps {
  readonly item: UseItem | null;
  readonly network: TrainedNetwork;
  readonly empty: string;
}

/** What the network answers to one picture, and where it looked. */
export function AnswerView({ item, network, empty }: AnswerProps) {
  if (item?.error) return <p className="callout bad text-selectable">{item.error}</p>;
  if (!item?.prediction) return <p className="muted use-empty">{item?.picture ? 'Asking…' : empty}</p>;
  return <Told {...{ item, network, prediction: item.prediction }} />;
}

interface ToldProps {
  readonly item: UseItem;
  readonly network: TrainedNetwork;
  readonly prediction: Prediction;
}

function Told({ item, network, prediction }: ToldProps) {
  const { invert, mode } = useUse();
  const { picture, notes, brightBorder } = prediction;
  return (
    <div className="answer">
      <figure className="answer-seen">
        <SeenWithMap {...{ network, prediction }} />
        <figcaption className="muted">
          {item.name}, as the network saw it: {`${picture.width}\u00a0×\u00a0${picture.height}`}
        </figcaption>
      </figure>
      <div className="answer-told">
        <Bars {...{ network, prediction }} />
        {brightBorder && mode === 'pictures' && (
          <div className="callout warn use-hint">
            <span>
              The picture’s border is bright; what this network learned lies on black.{' '}
              {invert ? 'Perhaps it should not be inverted.' : 'Perhaps it should be inverted.'}
            </span>
            <Button small onClick={() => setInvert(!invert)}>
              <Contrast size={13} /> {invert ? 'Do not invert' : 'Invert'}
            </Button>
          </div>
        )}
        {notes.map((note) => (
          <p key={note} className="muted">
            {note}
          </p>
        ))}
      </div>
    </div>
  );
}

function SeenWithMap({ network, prediction }: Omit<ToldProps, 'item'>) {
  const { opacity } = useUse();
  const id = useId();
  const { saliency } = prediction;
  if ('why' in network.map)
    return (
      <>
        <Seen prediction={prediction} opacity={0} />
        <p className="muted">{network.map.why}</p>
      </>
    );
  const name = saliency ? (network.classes[saliency.classIndex] ?? `${saliency.classIndex}`) : '';
  return (
    <>
      <Seen prediction={prediction} opacity={opacity} />
      <div className="seen-slider">
        <label htmlFor={id}>Where it looked</label>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={Math.round(opacity * 100)}
          aria-valuetext={percent(opacity, 0)}
          onChange={(e) => useUse.setState({ opacity: Number(e.target.value) / 100 })}
        />
      </div>
      <p className="muted seen-words">
        {saliency?.empty
          ? `Nothing in the picture speaks for ${name}.`
          : saliency
            ? `What speaks for ${name}: Grad-CAM of ${saliency.layer}.`
            : ''}
      </p>
    </>
  );
}

/** The most likely classes; a click shows what speaks for one of them. */
function Bars({ network, prediction }: Omit<ToldProps, 'item'>) {
  const { top, saliency } = prediction;
  const [first] = top;
  const canMap = !('why' in network.map);
  return (
    <>
      <p className="answer-first" role="status" data-testid="answer">
        <b>{first?.name}</b> <span className="muted">{percent(first?.probability ?? 0)} sure</span>
      </p>
      <ul className="bars" aria-label="Most likely classes">
        {top.slice(0, SHOWN).map(({ index, name, probability }) => (
          <li key={index}>
            <button
              type="button"
              className="bar"
              aria-pressed={saliency?.classIndex === index}
              disabled={!canMap}
              title={canMap ? `Show what speaks for ${name}` : undefined}
              onClick={() => showMap(index === first?.index ? 'answer' : index)}
            >
              <span className="bar-name">{name}</span>
              <span className="bar-line" aria-hidden>
                <span style={{ width: `${probability * 100}%` }} />
              </span>
              <span className="bar-share">{percent(probability)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
