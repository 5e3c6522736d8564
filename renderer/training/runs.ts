/** The list of past runs, and the one that is looked at. */
import { create } from 'zustand';
import type { OpenedRun, RunListItem } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { Series } from './series.ts';
import { batchOf, fill } from './store.ts';

export interface RunsState {
  /** Null: not told yet. */
  readonly list: readonly RunListItem[] | null;
  readonly selected: string | null;
  readonly opened: OpenedRun | null;
  /** Why the selected one cannot be shown. */
  readonly error: unknown;
  readonly series: Series;
  readonly version: number;
}

export const useRuns = create<RunsState>(() => ({
  ...{ list: null, selected: null, opened: null, error: null },
  ...{ series: new Series(), version: 0 },
}));

export const idOf = (item: RunListItem) => ('record' in item ? item.record.id : item.id);

export const loadRuns = () => call('runs.list', {}).then((list) => useRuns.setState({ list }), sayError);

/** Opens what is selected; called again, it brings what is new. */
export async function openSelected(): Promise<void> {
  const { selected: run, opened, list } = useRuns.getState();
  if (run === null) return;
  const isWanted = () => useRuns.getState().selected === run;
  const item = list?.find((i) => idOf(i) === run);
  const damaged = item && 'damaged' in item;
  const batch = item && 'record' in item ? batchOf(item.record.recipe) : undefined;
  const series = opened?.record.id === run ? useRuns.getState().series : new Series(batch);
  if (opened?.record.id !== run) useRuns.setState({ opened: null, error: null, series });
  if (damaged) return;
  try {
    const next = await call('runs.open', { run });
    if (!isWanted()) return;
    useRuns.setState({ opened: next, error: null });
    await fill(run, series, isWanted, () => useRuns.setState((s) => ({ version: s.version + 1 })));
  } catch (error) {
    if (isWanted()) useRuns.setState({ error });
  }
}

export function watchRuns(): void {
  bridge.on('runs.changed', () => {
    if (useRuns.getState().list === null) return;
    void loadRuns();
    void openSelected();
  });
  useRuns.subscribe((now, before) => {
    if (now.selected !== before.selected) void openSelected();
  });
}
