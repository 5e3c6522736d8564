import { Minimize2 } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { axes, axisTitles } from './axes.ts';
import { type ChartsStore, setAxis } from './store.ts';

interface ChartToolsProps {
  readonly store: ChartsStore;
  readonly keep: number;
  onKeep(keep: number): void;
}

/** Most of the slider's way belongs to strong smoothing: 0, 0.9, 0.99 and 0.999 stand equally far apart. */
const keepAt = (way: number) => (way === 0 ? 0 : 1 - 10 ** -way);
const wayOf = (keep: number) => -Math.log10(1 - keep);

/** How the charts of a group are drawn. */
export function ChartTools({ store, keep, onKeep }: ChartToolsProps) {
  const { axis, log, range } = useStore(store);
  return (
    <div className="chart-tools">
      <label className="chart-smooth">
        Smoothing
        <input
          type="range"
          min={0}
          max={3}
          step={0.05}
          value={wayOf(keep)}
          aria-valuetext={keep.toFixed(3)}
          onChange={(e) => onKeep(keepAt(Number(e.target.value)))}
        />
        <span className="muted">{keep === 0 ? 'off' : keep.toFixed(keep < 0.99 ? 2 : 3)}</span>
      </label>
      <fieldset className="segmented" aria-label="Scale of the loss">
        {[false, true].map((isLog) => (
          <button
            key={`${isLog}`}
            type="button"
            aria-pressed={log === isLog}
            onClick={() => store.setState({ log: isLog })}
          >
            {isLog ? 'Log' : 'Linear'}
          </button>
        ))}
      </fieldset>
      <fieldset className="segmented" aria-label="Along the axis">
        {axes.map((one) => (
          <button key={one} type="button" aria-pressed={axis === one} onClick={() => setAxis(store, one)}>
            {axisTitles[one]}
          </button>
        ))}
      </fieldset>
      {range ? (
        <Button small kind="quiet" onClick={() => store.setState({ range: null })}>
          <Minimize2 size={13} /> Show all
        </Button>
      ) : (
        <span className="muted chart-hint">Drag over a part to zoom in</span>
      )}
    </div>
  );
}
