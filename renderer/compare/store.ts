/** Which runs and drawings are compared, and what is known of them. */
import { create } from 'zustand';
import { Curve } from '../../src/compare/curve.ts';
import { sameValue } from '../../src/compare/fields.ts';
import { networkIfWhole, summaryFigures, withCurve } from '../../src/compare/run-figures.ts';
import type { ComparedRun } from '../../src/compare/run-table.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import type { Network } from '../../src/network/network.ts';
import type { RunRecord } from '../../src/runs/record.ts';
import { call } from '../bridge.ts';
import { parseDrawing } from '../files/actions.ts';
import { useApp } from '../state/app.ts';
import { sayError } from '../ui/toasts.tsx';
import { assignColours } from './colours.ts';

export type CompareTab = 'curves' | 'table' | 'drawings' | 'tradeoff';

/** 'open': the drawing that is edited; 'run:ID' as a run was trained; 'file:PLACE'; 'template:ID' */
export type Subject = 'open' | `run:${string}` | `file:${string}` | `template:${string}`;

export interface LoadedRun {
  readonly record: RunRecord;
  readonly document: StemmaDocument | null;
  readonly network: Network | null;
  /** Grows in place; `version` rises then. */
  readonly curve: Curve;
  readonly version: number;
}

export interface CompareState {
  readonly runs: readonly string[];
  readonly colours: Readonly<Record<string, number>>;
  readonly loaded: Readonly<Record<string, LoadedRun>>;
  /** Why a run cannot be read. */
  readonly errors: Readonly<Record<string, unknown>>;
  readonly tab: CompareTab;
  /** The two drawings side by side. */
  readonly sides: readonly [Subject, Subject];
  /** The run that the pointer is at. */
  readonly hovered: string | null;
}

export const useCompare = create<CompareState>(() => ({
  ...{ runs: [], colours: {}, loaded: {}, errors: {} },
  ...{ tab: 'curves', sides: ['open', 'open'], hovered: null },
}));

const isCompared = (run: string) => useCompare.getState().runs.includes(run);

function put(run: string, change: (before: LoadedRun | undefined) => LoadedRun | undefined): void {
  useCompare.setState(({ loaded }) => {
    const next = change(loaded[run]);
    return next ? { loaded: { ...loaded, [run]: next } } : {};
  });
}

const grown = (run: string) => put(run, (before) => before && { ...before, version: before.version + 1 });

const TOLD_MS = 700;
const loading = new Set<string>();

/** Reads a run, or what is new of it. */
async function load(run: string): Promise<void> {
  if (loading.has(run)) return;
  loading.add(run);
  try {
    const { record, document: text } = await call('runs.open', { run });
    put(run, (before) => {
      if (before) return sameValue(before.record, record) ? undefined : { ...before, record };
      const document = parseDrawing(text, record.title);
      return { record, document, network: networkIfWhole(document), curve: new Curve(), version: 0 };
    });
    const { curve } = useCompare.getState().loaded[run] as LoadedRun;
    let told = performance.now();
    const before = curve.next;
    for (;;) {
      const { metrics, next } = await call('runs.metrics', { run, from: curve.next });
      if (next <= curve.next || !isCompared(run)) break;
      curve.take(metrics, next);
      // A run of a million steps comes in many pages, and each would be drawn anew.
      if (performance.now() - told < TOLD_MS) continue;
      told = performance.now();
      grown(run);
    }
    if (curve.next > before) grown(run);
  } catch (error) {
    useCompare.setState(({ errors }) => ({ errors: { ...errors, [run]: error } }));
  } finally {
    loading.delete(run);
  }
}

/** Reads a run that is looked at without being in the comparison. */
export function ensureLoaded(run: string): void {
  const { loaded, errors } = useCompare.getState();
  if (!loaded[run] && errors[run] === undefined) void load(run);
}

export const refreshCompared = () => Promise.all(useCompare.getState().runs.map(load)).catch(sayError);

export function setCompared(runs: readonly string[]): void {
  useCompare.setState(({ colours, errors }) => ({
    runs,
    colours: assignColours(runs, colours),
    errors: Object.fromEntries(Object.entries(errors).filter(([run]) => runs.includes(run))),
  }));
  void refreshCompared();
}

export const addCompared = (run: string) => {
  const { runs } = useCompare.getState();
  if (!runs.includes(run)) setCompared([...runs, run]);
};

export const removeCompared = (run: string) =>
  setCompared(useCompare.getState().runs.filter((r) => r !== run));

/** Shows runs side by side. */
export function openCompare(runs: readonly string[], tab: CompareTab = 'curves'): void {
  const [first, second] = runs;
  const sides: readonly [Subject, Subject] = [
    first === undefined ? 'open' : `run:${first}`,
    second === undefined ? 'open' : `run:${second}`,
  ];
  useCompare.setState({ tab, ...(runs.length > 0 && { sides }) });
  setCompared(runs);
  useApp.setState({ view: 'compare' });
}

/** Shows two drawings side by side; runs that are compared stay. */
export function compareDrawings(left: Subject, right: Subject): void {
  useCompare.setState({ tab: 'drawings', sides: [left, right] });
  useApp.setState({ view: 'compare' });
}

export const comparedOf = ({ record, document, network, curve }: LoadedRun): ComparedRun => ({
  record,
  document,
  figures: withCurve(summaryFigures(record.summary, network), curve),
});
