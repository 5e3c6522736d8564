import { useEffect, useMemo, useRef } from 'react';
import type { Histogram } from '../../src/compile/observation.ts';
import { exact } from '../ui/format.ts';
import { useTheme } from '../ui/theme.ts';
import { type Heat, heatOf } from './heat.ts';
import { brief } from './measures.ts';

export interface Dated {
  readonly step: number;
  readonly histogram: Histogram;
}

interface HeatMapProps {
  readonly title: string;
  readonly of: readonly Dated[];
  /** The step that is looked at. */
  readonly step: number;
}

/** How values are spread, from the first look to the last: the darker, the more of them. */
export function HeatMap({ title, of, step }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const heat = useMemo(() => heatOf(of.map(({ histogram }) => histogram)), [of]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page.
  useEffect(() => {
    if (canvas.current && heat) paint(canvas.current, heat);
  }, [heat, theme]);
  if (!heat) return null;
  const [first, last] = [of[0]?.step ?? 0, of.at(-1)?.step ?? 0];
  const at = of.findLastIndex((one) => one.step <= step);
  return (
    <figure className="heat">
      <figcaption>{title}</figcaption>
      <span className="heat-high">{brief(heat.high)}</span>
      <span className="heat-low">{brief(heat.low)}</span>
      <div className="heat-field">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${title}: values from ${brief(heat.low)} to ${brief(heat.high)}, steps ${exact(first + 1)} to ${exact(last + 1)}`}
        />
        {of.length > 1 && <i style={{ left: `${(100 * (Math.max(0, at) + 0.5)) / of.length}%` }} />}
      </div>
      <span className="heat-steps">
        <span>step {exact(first + 1)}</span>
        {last > first && <span>{exact(last + 1)}</span>}
      </span>
    </figure>
  );
}

const channels = (colour: string) => [0, 2, 4].map((i) => Number.parseInt(colour.slice(1 + i, 3 + i), 16));

/** A pixel a cell; the page stretches it. */
function paint(canvas: HTMLCanvasElement, { shares, rows }: Heat): void {
  canvas.width = shares.length;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const read = (name: string) => channels(style.getPropertyValue(name).trim());
  const [ground, ink] = [read('--sunken'), read('--accent')] as [number[], number[]];
  const image = context.createImageData(shares.length, rows);
  shares.forEach((column, x) => {
    column.forEach((share, y) => {
      const strength = share ** 0.6;
      const at = 4 * (y * shares.length + x);
      for (let k = 0; k < 3; k++)
        image.data[at + k] = (ground[k] as number) + strength * ((ink[k] as number) - (ground[k] as number));
      image.data[at + 3] = 255;
    });
  });
  context.putImageData(image, 0, 0);
}
