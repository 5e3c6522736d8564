/** Runs and drawings as points of a trade-off. */
import { type FigureKey, type Figures, noFigures } from '../../src/compare/figures.ts';
import { summaryFigures } from '../../src/compare/run-figures.ts';
import type { Network } from '../../src/network/network.ts';
import type { RunRecord } from '../../src/runs/record.ts';
import type { Subject } from './store.ts';

export interface TradePoint {
  readonly subject: Subject;
  readonly kind: 'run' | 'open' | 'template';
  readonly label: string;
  readonly figures: Figures;
  /** Figures that nobody measured. */
  readonly estimated: ReadonlySet<FigureKey>;
  /** A custom property of the style sheet. */
  readonly colour: string;
}

/** What training a drawing would take; null: not known. */
export interface Estimate {
  readonly seconds: number | null;
  readonly memoryBytes: number | null;
}

/** Figures that a trade-off may stand on. */
export const tradeAxes = [
  'testAccuracy',
  'testLoss',
  'trainLoss',
  'params',
  'macs',
  'seconds',
  'memoryBytes',
] as const satisfies readonly FigureKey[];
export type TradeAxis = (typeof tradeAxes)[number];

/** Of what spans orders of magnitude, ratios are seen on a logarithmic scale. */
export const usuallyLog: Readonly<Record<TradeAxis, boolean>> = {
  ...{ testAccuracy: false, testLoss: false, trainLoss: false },
  ...{ params: true, macs: true, seconds: true, memoryBytes: true },
};

export function runPoint(
  record: RunRecord,
  label: string,
  network: Network | null,
  colour: string,
): TradePoint {
  return {
    ...{ subject: `run:${record.id}`, kind: 'run', label, colour },
    figures: summaryFigures(record.summary, network),
    estimated: new Set(),
  };
}

export function drawingPoint(
  given: Pick<TradePoint, 'subject' | 'kind' | 'label' | 'colour'>,
  network: Network,
  { seconds, memoryBytes }: Estimate,
): TradePoint {
  const { params, macs } = network;
  return {
    ...given,
    figures: { ...noFigures, params, macs, seconds, memoryBytes },
    estimated: new Set<FigureKey>(['seconds', 'memoryBytes']),
  };
}
