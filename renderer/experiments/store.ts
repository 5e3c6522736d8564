/** Stored experiments, the one that is looked at, the one that runs. */
import { create } from 'zustand';
import { type ExperimentDocument, readExperiment } from '../../src/experiments/experiment.ts';
import type { ExperimentRecord } from '../../src/experiments/record.ts';
import type { ActiveExperiment, ExperimentEnd, ExperimentListItem } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

export type Shown =
  | { readonly kind: 'gallery' }
  /** Before it is run: to be edited. */
  | { readonly kind: 'setup'; readonly experiment: ExperimentDocument }
  | { readonly kind: 'stored'; readonly id: string };

export interface OpenedHere {
  readonly experiment: ExperimentDocument;
  readonly record: ExperimentRecord;
}

export interface ExperimentsState {
  /** Null: not told yet. */
  readonly list: readonly ExperimentListItem[] | null;
  readonly shown: Shown;
  readonly opened: OpenedHere | null;
  /** Why the shown one cannot be shown. */
  readonly error: unknown;
  readonly active: ActiveExperiment | null;
  readonly starting: boolean;
}

export const useExperiments = create<ExperimentsState>(() => ({
  ...{ list: null, shown: { kind: 'gallery' }, opened: null, error: null },
  ...{ active: null, starting: false },
}));

const set = useExperiments.setState;

export const show = (shown: Shown) => set({ shown });

export const loadExperiments = () => call('experiments.list', {}).then((list) => set({ list }), sayError);

const shownId = ({ shown }: ExperimentsState) => (shown.kind === 'stored' ? shown.id : undefined);

/** Brings what is stored of the shown one. */
export async function openShown(): Promise<void> {
  const id = shownId(useExperiments.getState());
  if (id === undefined) return;
  if (useExperiments.getState().opened?.record.id !== id) set({ opened: null, error: null });
  try {
    const { experiment, record } = await call('experiments.open', { id });
    const opened = { experiment: readExperiment(experiment, 'the stored experiment'), record };
    if (shownId(useExperiments.getState()) === id) set({ opened, error: null });
  } catch (error) {
    if (shownId(useExperiments.getState()) === id) set({ error });
  }
}

/** The pace of this machine, as the newest experiment that tells one measured it. */
export const paceNow = ({ list }: ExperimentsState): number | undefined => {
  for (const item of list ?? []) if ('pace' in item && item.pace !== null) return item.pace;
  return undefined;
};

/** Listens to the host. `onEnd`: once for each that ends while we watch. */
export function listen(onEnd: (end: ExperimentEnd, title: string) => void): void {
  bridge.on('experiments.state', (active) => set({ active }));
  bridge.on('experiments.result', ({ id, result }) => {
    const { opened } = useExperiments.getState();
    if (opened?.record.id !== id) return;
    // What was stored just before it was told may have been read already.
    const others = opened.record.results.filter(
      (other) => other.variant !== result.variant || other.seed !== result.seed,
    );
    const results = [...others, result];
    set({ opened: { ...opened, record: { ...opened.record, results } } });
  });
  bridge.on('experiments.ended', (end) => {
    const { active } = useExperiments.getState();
    set({ active: null });
    void openShown();
    onEnd(end, active?.title ?? 'The experiment');
  });
  bridge.on('experiments.changed', () => {
    if (useExperiments.getState().list !== null) void loadExperiments();
  });
  useExperiments.subscribe((now, before) => {
    if (shownId(now) !== shownId(before)) void openShown();
  });
}

export const refresh = () => call('experiments.active', {}).then((active) => set({ active }), sayError);
