/** The trainer process: waits for a job, reports, obeys between steps; ends when its parent does. */
import { AppError, describeError } from '../base/errors.ts';
import type { FromTrainer, ToTrainer } from '../services/trainer-process.node.ts';
import { runTraining, type TrainingJob } from '../services/training.node.ts';

const post = (message: FromTrainer, then?: () => void) => process.send?.(message, undefined, undefined, then);

let paused = false;
let stopping = false;
let wake: (() => void) | undefined;

async function next(): Promise<'go' | 'stop'> {
  // Lets messages of the parent in.
  await new Promise((resolve) => setImmediate(resolve));
  while (paused && !stopping) await new Promise<void>((resolve) => (wake = resolve));
  return stopping ? 'stop' : 'go';
}

async function start(job: TrainingJob): Promise<void> {
  const end = () => process.exit(0);
  try {
    const result = await runTraining(job, { next }, (event) => post({ type: 'event', event }));
    post({ type: 'done', result }, end);
  } catch (error) {
    const known = error instanceof AppError;
    if (!known) process.stderr.write(`${(error as Error).stack}\n`);
    const hint = known ? error.hint : undefined;
    post(
      {
        type: 'failed',
        code: known ? error.code : 'bug',
        message: known ? error.message : describeError(error),
        ...(hint !== undefined && { hint }),
      },
      end,
    );
  }
}

process.on('message', (message: ToTrainer) => {
  if (message.type === 'start') void start(message.job);
  if (message.type === 'pause') paused = true;
  if (message.type === 'resume') paused = false;
  if (message.type === 'stop') stopping = true;
  wake?.();
});
process.on('disconnect', () => process.exit(0));
// A terminal sends Ctrl+C to the whole group; what it means is for the parent to say.
process.on('SIGINT', () => {});
