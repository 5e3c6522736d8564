/** Looks at the network of the run that is shown, and what of them is chosen. */
import { create } from 'zustand';
import type { Look } from '../../src/training/telemetry.ts';
import { bridge, call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import type { MeasureId } from './measures.ts';

export interface LooksState {
  readonly run: string | null;
  /** By step. */
  readonly looks: readonly Look[];
  /** Which one is shown; null: the newest. */
  readonly at: number | null;
  readonly measure: MeasureId | null;
  readonly node: string | null;
  readonly loading: boolean;
}

export const useLooks = create<LooksState>(() => ({
  ...{ run: null, looks: [], at: null, measure: 'gradient', node: null, loading: false },
}));

export const lookShown = ({ looks, at }: LooksState): Look | undefined => looks[at ?? looks.length - 1];

/** Together, by step; of two of one step the later one. Looks that come are mostly later than all. */
export function joined(known: readonly Look[], more: readonly Look[]): readonly Look[] {
  const last = known.at(-1)?.step ?? -1;
  if (more.length === 0) return known;
  if (more.every(({ step }, i) => step > (more[i - 1]?.step ?? last))) return [...known, ...more];
  const all = new Map([...known, ...more].map((look) => [look.step, look]));
  return [...all.values()].sort((a, b) => a.step - b.step);
}

const take = (run: string, more: readonly Look[]) =>
  useLooks.setState((s) => (s.run === run ? { looks: joined(s.looks, more) } : s));

async function load(run: string): Promise<void> {
  let from: number | null = 0;
  try {
    while (from !== null && useLooks.getState().run === run) {
      const page: { looks: readonly Look[]; next: number | null } = await call('runs.telemetry', {
        run,
        from,
      });
      take(run, page.looks);
      from = page.next;
    }
  } catch (error) {
    sayError(error);
  } finally {
    useLooks.setState((s) => (s.run === run ? { loading: false } : s));
  }
}

/** Shows a run's looks in place of another's; `again`: it has ended, and its file is whole now. */
export function watchLooks(run: string, again = false): void {
  const same = useLooks.getState().run === run;
  if (same && !again) return;
  if (!same) useLooks.setState({ run, looks: [], at: null, node: null, loading: true });
  void load(run);
}

export function listenToLooks(): void {
  bridge.on('training.telemetry', ({ run, look }) => take(run, [look]));
}
