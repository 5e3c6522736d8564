/** The run that is trained, or was last: what the host tells of it, whole after a reload or a gap. */
import { create } from 'zustand';
import type { ActiveRun, EvaluationReport, RunEnd, SampleReport } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { Series } from './series.ts';

export interface TrainingState {
  readonly run: ActiveRun | null;
  /** How it ended; null: it is being trained. */
  readonly ended: RunEnd | null;
  readonly series: Series;
  /** Rises with every change of `series`. */
  readonly version: number;
  readonly evaluation: EvaluationReport | null;
  readonly samples: SampleReport | null;
  readonly starting: boolean;
}

export const useTraining = create<TrainingState>(() => ({
  run: null,
  ended: null,
  series: new Series(),
  version: 0,
  evaluation: null,
  samples: null,
  starting: false,
}));

export const activeOf = ({ run, ended }: TrainingState) => (run && !ended ? run : undefined);

/** Pictures a step. */
export const batchOf = ({ batch }: Readonly<Record<string, unknown>>) =>
  typeof batch === 'number' ? batch : undefined;

const isShown = (run: string) => useTraining.getState().run?.run === run;
const grown = () => useTraining.setState((s) => ({ version: s.version + 1 }));

/** What the host has stored of a run, from where we are to its end. @throws AppError */
export async function fill(run: string, series: Series, isWanted: () => boolean, onPage: () => void) {
  for (;;) {
    const from = series.next;
    const page = await call('runs.metrics', { run, from });
    // Events may have come meanwhile; they and the page overlap.
    if (!isWanted() || page.next <= series.next) return;
    if (series.next === from) series.takePage(page.metrics, page.next);
    else if (!series.take(from, page.metrics)) return;
    onPage();
  }
}

/** Those of one run differ where it went on. */
let filling: Series | undefined;

async function catchUp(run: string): Promise<void> {
  const { series } = useTraining.getState();
  if (filling === series) return;
  filling = series;
  try {
    await fill(run, series, () => useTraining.getState().series === series, grown);
  } catch (error) {
    sayError(error);
  } finally {
    if (filling === series) filling = undefined;
  }
}

async function fetchReports(run: string): Promise<void> {
  try {
    const { evaluation, samples } = await call('runs.open', { run });
    if (!isShown(run)) return;
    // What came as an event meanwhile is newer.
    useTraining.setState((s) => ({
      evaluation: s.evaluation ?? evaluation,
      samples: s.samples ?? samples,
    }));
  } catch (error) {
    sayError(error);
  }
}

/** Another run takes the place of the one shown. `late`: it has been trained for a while. */
function show(run: ActiveRun, late: boolean): void {
  useTraining.setState((s) => ({
    ...{ run, ended: null, series: new Series(batchOf(run.recipe)), version: s.version + 1 },
    ...{ evaluation: null, samples: null, starting: false },
  }));
  if (!late) return;
  void catchUp(run.run);
  void fetchReports(run.run);
}

/** What is being trained now, for a page that was loaded or connected late. @throws AppError */
export async function refresh(): Promise<void> {
  const [run] = await call('training.active', {});
  const before = activeOf(useTraining.getState());
  if (run) {
    if (before?.run === run.run) {
      useTraining.setState({ run });
      void catchUp(run.run);
    } else show(run, true);
  } else if (before) {
    // It ended while nobody told us.
    const { record, evaluation, samples } = await call('runs.open', { run: before.run });
    if (!isShown(before.run)) return;
    const ended = { run: record.id, state: record.state, reason: record.reason };
    useTraining.setState((s) => ({
      ...{ ended, evaluation: evaluation ?? s.evaluation, samples: samples ?? s.samples },
    }));
    void catchUp(before.run);
  }
}

/** Listens to the host. `onEnd`: once for each run that ends while we watch. */
export function listen(onEnd: (end: RunEnd, run: ActiveRun) => void): void {
  bridge.on('training.state', (run) => {
    if (!isShown(run.run)) show(run, run.step > 0);
    else if (!useTraining.getState().ended) useTraining.setState({ run });
    // It goes on: what was told after its checkpoint comes anew. Any other state is a late one.
    else if (run.phase === 'preparing') show(run, true);
  });
  bridge.on('training.metrics', ({ run, from, metrics }) => {
    if (!isShown(run)) return;
    if (useTraining.getState().series.take(from, metrics)) grown();
    else void catchUp(run);
  });
  bridge.on('training.evaluation', ({ run, report }) => {
    if (isShown(run)) useTraining.setState({ evaluation: report });
  });
  bridge.on('training.samples', ({ run, report }) => {
    if (isShown(run)) useTraining.setState({ samples: report });
  });
  bridge.on('training.ended', (end) => {
    const { run, ended } = useTraining.getState();
    if (!run || run.run !== end.run || ended) return;
    useTraining.setState({ ended: end });
    void catchUp(end.run);
    onEnd(end, run);
  });
}
