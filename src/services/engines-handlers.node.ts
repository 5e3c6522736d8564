/** Calls on engines' libraries: what can be installed, installing it, removing it. */
import { AppError, describeError } from '../base/errors.ts';
import { enginesHome } from '../engines/home.node.ts';
import { findClient, type PackageClient } from '../engines/install/client.node.ts';
import { type Installation, installTensorFlow } from '../engines/install/install.node.ts';
import { diskBytes, downloadBytes, type Plan, planFor, whyNoPlan } from '../engines/install/plan.ts';
import { removeTensorFlow } from '../engines/install/remove.node.ts';
import { installationNow } from '../engines/install/state.node.ts';
import type { CallArgument, EngineInstallation, EngineInstalling, Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { Throttle } from './throttle.ts';
import { trialsOn } from './trial.node.ts';

type Calls = `engines.${'installation' | 'install' | 'cancelInstall' | 'remove'}`;

export interface EnginesOptions extends Pick<ServiceOptions, 'broadcast' | 'fork'> {
  /** What can run here is another since. */
  changed(): void;
  isTraining(): boolean;
  /** Tests install something small. */
  readonly given?: {
    readonly planFor: typeof planFor;
    readonly installation: Partial<Installation>;
  };
}

const asError = (error: unknown) =>
  error instanceof AppError
    ? { code: error.code, message: error.message, hint: error.hint ?? null }
    : { code: 'bug', message: describeError(error), hint: null };

const variantOf = (plan: Plan) => ({
  ...{ gpu: plan.gpu, version: plan.version },
  ...{ downloadBytes: downloadBytes(plan), diskBytes: diskBytes(plan) },
});

export function createEnginesHandlers(options: EnginesOptions) {
  const { broadcast, given } = options;
  const plans = given?.planFor ?? planFor;
  const { platform, arch } = process;
  let state: EngineInstalling | null = null;
  let running: { controller: AbortController; ended: Promise<void> } | undefined;
  let client: Promise<PackageClient | undefined> | undefined;

  const tell = (next: EngineInstalling) => {
    state = next;
    broadcast('engines.installing', next);
  };

  async function installation(): Promise<EngineInstallation> {
    const variants = [false, true].flatMap((gpu) => plans(platform, arch, gpu) ?? []).map(variantOf);
    client ??= (given?.installation.findClient ?? findClient)();
    const there = await client;
    // Somebody may install one meanwhile.
    if (!there) client = undefined;
    const why =
      variants.length === 0
        ? whyNoPlan(platform, arch, false)
        : there
          ? ''
          : 'Neither pip nor uv is here to fetch the engine with: install Python with pip, or give a wheel file.';
    const now = installationNow();
    return { engine: 'tensorflow', variants, client: there?.name ?? null, why, ...now, state };
  }

  async function perform(
    { gpu, wheel }: CallArgument<'engines.install'>,
    signal: AbortSignal,
  ): Promise<void> {
    const begin = { engine: 'tensorflow', gpu, error: null, measured: null } as const;
    let last: EngineInstalling = { ...begin, phase: 'asking', done: 0, total: null, message: 'Beginning …' };
    const throttle = new Throttle(() => tell(last));
    const end = (phase: 'done' | 'failed' | 'cancelled', rest: Partial<EngineInstalling>) => {
      throttle.end();
      tell({ ...last, phase, ...rest });
    };
    try {
      const plan = plans(platform, arch, gpu);
      if (!plan) throw new AppError('engine/no-plan', whyNoPlan(platform, arch, gpu));
      const { measured } = await installTensorFlow({
        ...{ home: enginesHome(), plan, signal, runTrial: trialsOn(options.fork) },
        ...(wheel !== null && { wheel }),
        // Beside a training nothing would be measured rightly.
        mayMeasure: () => !options.isTraining(),
        ...given?.installation,
        onProgress(progress) {
          const isNext = progress.phase !== last.phase;
          last = { ...begin, ...progress };
          if (isNext) throttle.now();
          else throttle.request();
        },
      });
      end('done', { measured, message: `TensorFlow ${plan.version} is installed.` });
    } catch (error) {
      const told = asError(error);
      end(told.code === 'engine/cancelled' ? 'cancelled' : 'failed', { error: told, message: told.message });
      throw error;
    } finally {
      options.changed();
    }
  }

  async function install(argument: CallArgument<'engines.install'>): Promise<null> {
    if (running) throw new AppError('engine/busy', 'The engine is being installed already.');
    const controller = new AbortController();
    const work = perform(argument, controller.signal);
    running = { controller, ended: work.then(undefined, () => {}) };
    try {
      await work;
    } finally {
      running = undefined;
    }
    return null;
  }

  const handlers: Pick<Handlers, Calls> = {
    'engines.installation': installation,
    'engines.install': install,
    'engines.cancelInstall': () => {
      running?.controller.abort();
      return null;
    },
    async 'engines.remove'() {
      if (running)
        throw new AppError('engine/busy', 'The engine is being installed.', { hint: 'Cancel that first.' });
      if (options.isTraining())
        throw new AppError('engine/training', 'A network is being trained, perhaps on this engine.', {
          hint: 'Remove it when the training has ended.',
        });
      await removeTensorFlow(enginesHome());
      state = null;
      options.changed();
      return null;
    },
  };
  return {
    handlers,
    async dispose() {
      running?.controller.abort();
      await running?.ended;
    },
  };
}
