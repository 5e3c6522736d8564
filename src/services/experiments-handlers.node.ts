/** Calls on experiments: the stored ones, and the one that runs. */
import { AppError } from '../base/errors.ts';
import { paceOf } from '../experiments/estimate.ts';
import { readExperiment, writeExperiment } from '../experiments/experiment.ts';
import {
  createExperiment,
  experimentFolder,
  listExperiments,
  openExperiment,
  removeExperiment,
} from '../experiments/store.node.ts';
import { RunningExperiment } from './active-experiment.node.ts';
import type { CallArgument, Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';

type Calls = Extract<keyof Handlers, `experiments.${string}`>;

export interface ExperimentServices {
  readonly handlers: Pick<Handlers, Calls>;
  isRunning(): boolean;
  /** Stops after the step, waits at most `graceMs`, then ends it. */
  dispose(graceMs: number): Promise<void>;
}

export function createExperimentsHandlers(
  { runsHome, broadcast, fork }: Pick<ServiceOptions, 'runsHome' | 'broadcast' | 'fork'>,
  {
    isTraining,
    begins,
    ends,
  }: {
    isTraining(): boolean;
    /** Before an experiment starts. */
    begins(): void;
    /** When nothing runs any more. */
    ends(): void;
  },
): ExperimentServices {
  let current: RunningExperiment | undefined;

  const activeOf = (id: string) => (current?.state?.id === id ? current : undefined);

  async function start({ source, engine }: CallArgument<'experiments.start'>) {
    const busy = current
      ? 'An experiment is running already.'
      : isTraining() && 'A network is being trained.';
    if (busy) throw new AppError('training/busy', busy, { hint: 'Wait until it has ended, or stop it.' });
    if ('experiment' in source) readExperiment(source.experiment, 'The experiment');
    begins();
    const running = new RunningExperiment(
      { fork, broadcast },
      { source, runsHome, ...(engine !== null && { engine }) },
    );
    current = running;
    void running.ended.then(() => {
      current = undefined;
      ends();
    });
    return { id: await running.started };
  }

  return {
    handlers: {
      'experiments.list': () =>
        listExperiments(runsHome).map((item) => {
          if ('damaged' in item) return item;
          const { id, createdAt, state, results } = item.record;
          const { title, kind, seeds, variants } = item.document;
          const total = seeds.length * variants.length;
          return {
            id,
            title,
            kind,
            createdAt,
            state,
            total,
            done: results.length,
            pace: paceOf(results) ?? null,
          };
        }),
      'experiments.open': ({ id }) => {
        const { document, record } = openExperiment(experimentFolder(runsHome, id));
        return { experiment: writeExperiment(document), record };
      },
      'experiments.save': async ({ experiment }) => {
        const document = readExperiment(experiment, 'The experiment');
        const { record } = await createExperiment(runsHome, document, { state: 'created' });
        broadcast('experiments.changed', {});
        return { id: record.id };
      },
      'experiments.start': start,
      'experiments.control': ({ id, action }) => {
        const running = activeOf(id);
        if (!running) throw new AppError('experiment/not-active', `Experiment '${id}' is not running.`);
        running[action]();
        return null;
      },
      'experiments.active': () => current?.state ?? null,
      'experiments.delete': async ({ id }) => {
        await removeExperiment(runsHome, id);
        broadcast('experiments.changed', {});
        return null;
      },
    },
    isRunning: () => current !== undefined,
    async dispose(graceMs) {
      const running = current;
      if (!running) return;
      running.stop();
      const limit = setTimeout(() => running.cancel('Ended when Stemma was closed.'), graceMs);
      await running.ended;
      clearTimeout(limit);
    },
  };
}
