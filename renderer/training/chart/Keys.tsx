import { useStore } from 'zustand';
import { along, placeWords } from './axes.ts';
import { fullRange, type Line, valueAt } from './lines.ts';
import type { ChartsStore } from './store.ts';

interface KeysProps {
  readonly lines: readonly Line[];
  readonly show: (value: number) => string;
  readonly store: ChartsStore;
  readonly stepsPerEpoch: number;
}

/** The names of a chart's lines with their values where the pointer is, or at their end. */
export function Keys({ lines, show, store, stepsPerEpoch }: KeysProps) {
  const { cursor, axis } = useStore(store);
  const places = lines.map(({ places: p }) => along(axis, p, stepsPerEpoch));
  const at = cursor ?? fullRange(places)[1];
  return (
    <>
      {lines.map(({ label, colour, pale, y }, i) => {
        const { x, scale } = places[i] ?? { x: undefined, scale: 1 };
        const value = x ? valueAt(y, x, at / scale) : null;
        return (
          !pale && (
            <span key={label} className="chart-key">
              <span className="chart-swatch" style={{ background: `var(${colour})` }} />
              {label}
              <b>{value === null ? '–' : show(value)}</b>
            </span>
          )
        );
      })}
      <span className="chart-step muted">{cursor !== null && placeWords(axis, cursor)}</span>
    </>
  );
}
