/** A training in a process of its own. However it ends, its run says so. */
import { AppError, describeError } from '../base/errors.ts';
import { endRun, type RunVerdict } from '../runs/store.node.ts';
import type { ForkTrainer } from './host.ts';
import { startJob } from './job.node.ts';
import type { TrainingEvent, TrainingJob, TrainingResult } from './jobs.ts';

export interface TrainerHandle {
  readonly pid: number | undefined;
  /** @throws AppError where training failed, or the process died or was ended; the run then says why */
  readonly result: Promise<TrainingResult>;
  /** Takes effect at the end of the step. */
  pause(): void;
  resume(): void;
  /** Ends after this step; weights are kept. */
  stop(): void;
  /** Ends at once. `why`: as the run will say it. */
  kill(why?: string): void;
}

const CANCELLED = 'trainer/cancelled';

export const wasCancelled = (error: unknown) => error instanceof AppError && error.code === CANCELLED;

const verdict = (error: unknown): RunVerdict =>
  wasCancelled(error)
    ? { state: 'stopped', reason: describeError(error) }
    : { state: 'failed', reason: describeError(error) };

export function startTrainer(
  job: TrainingJob,
  onEvent: (event: TrainingEvent) => void,
  fork: ForkTrainer,
): TrainerHandle {
  let folder: string | undefined;
  const handle = startJob(fork, 'train', job, (event) => {
    if (event.type === 'started') folder = event.run;
    onEvent(event);
  });
  const settle = async (error: unknown): Promise<never> => {
    if (folder !== undefined)
      await endRun(folder, verdict(error)).catch((second: unknown) => {
        throw new AppError(
          error instanceof AppError ? error.code : 'bug',
          `${describeError(error)} This could not be noted with the run: ${describeError(second)}`,
          { cause: error },
        );
      });
    throw error;
  };
  return {
    get pid() {
      return handle.pid;
    },
    result: handle.result.catch(settle),
    pause: () => handle.post({ type: 'pause' }),
    resume: () => handle.post({ type: 'resume' }),
    stop: () => handle.post({ type: 'stop' }),
    kill: (why = 'Cancelled.') => handle.kill(new AppError(CANCELLED, why)),
  };
}
