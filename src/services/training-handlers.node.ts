/** Calls on training, and with them those on data, runs and exports: everything behind the training view. */
import { AppError } from '../base/errors.ts';
import { openRun } from '../runs/store.node.ts';
import { ActiveTraining } from './active-run.node.ts';
import { createAnswersHandlers } from './answers-handlers.node.ts';
import { createCompareHandlers } from './compare-handlers.node.ts';
import type { CallArgument, Handlers, ProbeResult } from './contract.ts';
import { createDataHandlers } from './data-handlers.node.ts';
import { createEnginesHandlers } from './engines-handlers.node.ts';
import { createExperimentsHandlers } from './experiments-handlers.node.ts';
import { createExportsHandlers } from './exports-handlers.node.ts';
import type { ForkTrainer, ServiceOptions } from './host.ts';
import { type JobHandle, startJob } from './job.node.ts';
import type { Description, TrainingJob } from './jobs.ts';
import { createOwnDataHandlers } from './own-data-handlers.node.ts';
import { Queue } from './queue.node.ts';
import { resumeJob } from './resume.node.ts';
import { createRunStoreHandlers } from './run-store-handlers.node.ts';
import { createRunsHandlers } from './runs-handlers.node.ts';
import { createTelemetryHandlers } from './telemetry-handlers.node.ts';
import { createEvaluateHandlers } from './use/evaluate-handlers.node.ts';
import { createUseHandlers } from './use/handlers.node.ts';

type Calls = Extract<
  keyof Handlers,
  `${'engines' | 'inspect' | 'data' | 'training' | 'queue' | 'runs' | 'predict' | 'experiments' | 'exports'}.${string}`
>;

export interface TrainingServices {
  readonly handlers: Pick<Handlers, Calls>;
  /** How many runs are being trained. */
  activeRuns(): number;
  /** Stops after the step, keeps weights, waits at most `graceMs`, then ends it. */
  dispose(graceMs?: number): Promise<void>;
}

const PROBE_LIMIT_MS = 120_000;

export function createTrainingHandlers(
  options: ServiceOptions,
  isGranted: (place: string) => boolean,
): TrainingServices {
  const { runsHome } = options;
  let closing = false;
  /** What begins while we end would outlive us. */
  const fork: ForkTrainer = () => {
    if (closing) throw new AppError('host/closing', 'Stemma closes.');
    return options.fork();
  };
  let current: ActiveTraining | undefined;
  let probing: JobHandle<ProbeResult> | undefined;
  let described: JobHandle<Description> | undefined;

  const activeOf = (run: string) => (current?.state?.run === run ? current : undefined);

  /** What needs an engine to be told, asked once. */
  const describe = (): Promise<Description> => {
    if (described) return described.result;
    const handle = startJob(fork, 'describe', {});
    described = handle;
    handle.result.catch(() => {
      described = undefined;
    });
    return handle.result;
  };

  const endProbe = (why: string) => probing?.kill(new AppError('probe/ended', why));

  function assertIdle(): void {
    if (current)
      throw new AppError('training/busy', 'A network is being trained already.', {
        hint: 'Wait until it has ended, or stop it.',
      });
  }

  async function start({ document, recipe, engine, from }: CallArgument<'training.start'>) {
    const { checkpoint } = from ?? {};
    return begin({
      ...{ document, recipe, runsHome },
      ...(engine !== null && { engine }),
      ...(from && {
        from: { run: openRun(runsHome, from.run).folder, ...(checkpoint !== undefined && { checkpoint }) },
      }),
    });
  }

  async function resume({ run, epochs, engine }: CallArgument<'training.resume'>) {
    assertIdle();
    const wish = { ...(epochs !== null && { epochs }), ...(engine !== null && { engine }) };
    return begin(await resumeJob(openRun(runsHome, run), runsHome, wish));
  }

  async function begin(job: TrainingJob) {
    assertIdle();
    if (experiments.isRunning())
      throw new AppError('training/busy', 'An experiment is running.', {
        hint: 'Wait until it has ended, or stop it.',
      });
    endProbe('The measurement was ended: training began.');
    const training = new ActiveTraining({ fork, broadcast: options.broadcast }, job);
    current = training;
    void training.ended.then(() => {
      current = undefined;
      queue.next();
    });
    return { run: await training.started };
  }

  async function probe({ document, recipe, engine }: CallArgument<'training.probe'>): Promise<ProbeResult> {
    if (current || experiments.isRunning())
      throw new AppError('training/busy', 'A network is being trained: a step would be measured too slow.', {
        hint: 'Measure when it has ended.',
      });
    endProbe('The measurement was ended: another began.');
    const asked = engine === null ? {} : { engine };
    const handle = startJob(fork, 'probe', { document, recipe, ...asked });
    probing = handle;
    const limit = setTimeout(
      () =>
        handle.kill(
          new AppError('probe/slow', `Four steps took more than ${PROBE_LIMIT_MS / 1000} s.`, {
            hint: 'Use a smaller batch, smaller pictures or a smaller network.',
          }),
        ),
      PROBE_LIMIT_MS,
    );
    try {
      return await handle.result;
    } finally {
      clearTimeout(limit);
      if (probing === handle) probing = undefined;
    }
  }

  function control({ run, action }: CallArgument<'training.control'>): null {
    const training = activeOf(run);
    if (!training) throw new AppError('training/not-active', `Run '${run}' is not being trained.`);
    training[action]();
    return null;
  }

  const queue = new Queue({
    stateHome: options.stateHome,
    start,
    isBusy: () => closing || current !== undefined || experiments.isRunning(),
    told: (state) => options.broadcast('queue.changed', state),
  });
  const data = createDataHandlers(options);
  const experiments = createExperimentsHandlers(
    { ...options, fork },
    {
      isTraining: () => current !== undefined,
      begins: () => endProbe('The measurement was ended: an experiment began.'),
      ends: () => queue.next(),
    },
  );
  const own = createOwnDataHandlers({ ...options, fork });
  const installing = createEnginesHandlers({
    ...{ broadcast: options.broadcast, fork },
    isTraining: () => current !== undefined || experiments.isRunning(),
    changed() {
      described = undefined;
    },
  });
  const exports = createExportsHandlers({
    options: { ...options, fork },
    ...{ isGranted, describe },
    isActive: (run) => activeOf(run) !== undefined,
  });
  const use = createUseHandlers(runsHome, fork);
  const judging = createEvaluateHandlers(options, fork);
  return {
    handlers: {
      'engines.list': async () => (await describe()).engines,
      'training.probe': probe,
      'training.start': start,
      'training.resume': resume,
      'training.control': control,
      'training.active': () => (current?.state ? [current.state] : []),
      ...queue.handlers,
      ...data.handlers,
      ...own.handlers,
      ...installing.handlers,
      ...createCompareHandlers(options),
      ...createRunsHandlers(options, activeOf),
      ...createRunStoreHandlers(options),
      ...use.handlers,
      ...judging.handlers,
      ...createTelemetryHandlers(options, activeOf),
      ...experiments.handlers,
      ...createAnswersHandlers(options),
      ...exports.handlers,
    },
    activeRuns: () => (current || experiments.isRunning() ? 1 : 0),
    async dispose(graceMs = 5000) {
      closing = true;
      data.dispose();
      own.dispose();
      const installed = installing.dispose();
      exports.dispose();
      use.dispose();
      judging.dispose();
      endProbe('The measurement was ended: Stemma closes.');
      described?.kill(new AppError('host/closing', 'Stemma closes.'));
      await Promise.all([installed, experiments.dispose(graceMs)]);
      const training = current;
      if (!training) return;
      training.stop();
      const limit = setTimeout(() => training.cancel('Ended when Stemma was closed.'), graceMs);
      await training.ended;
      clearTimeout(limit);
    },
  };
}
