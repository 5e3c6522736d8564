import { brief, type Measure, type Range } from './measures.ts';

interface LegendProps {
  readonly measure: Measure;
  readonly range: Range;
  /** Times are shared out by multiply–accumulates. */
  readonly estimated: boolean;
}

/** What a bar means, from its left end to its right. */
export function Legend({ measure, range, estimated }: LegendProps) {
  const ends = measure.scale === 'share' ? ['0 %', '100 %'] : [brief(range.low), brief(range.high)];
  return (
    <div className="inside-legend">
      <span className="legend-scale" aria-hidden="true">
        {ends[0]} <i /> {ends[1]}
        {measure.scale === 'log' && <span className="muted"> · logarithmic</span>}
      </span>
      <p className="muted">
        {measure.help}
        {estimated && ' This engine runs a step as one: estimated from the multiply-adds of the layers.'}
      </p>
    </div>
  );
}
