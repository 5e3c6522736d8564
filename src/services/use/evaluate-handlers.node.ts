/** Calls on judging runs on other pictures. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { listEvaluations } from '../../runs/evaluations.node.ts';
import { openRun } from '../../runs/store.node.ts';
import type { CallArgument, DataEvaluation, Evaluating, Handlers } from '../contract.ts';
import type { ForkTrainer, ServiceOptions } from '../host.ts';
import { type JobHandle, startJob } from '../job.node.ts';
import { Throttle } from '../throttle.ts';

type Calls = 'runs.evaluate' | 'runs.cancelEvaluate' | 'runs.evaluations';

const figure = z.number();
const stored = z.object({
  ...{ data: z.string(), title: z.string(), at: z.string(), engine: z.string() },
  split: z.enum(['train', 'validation', 'test']),
  step: figure.nullable(),
  ...{ limit: figure, loss: figure, accuracy: figure, count: figure, leftOut: figure },
  classes: z.array(z.string()),
  confusion: z.array(z.array(figure)),
  by: z.enum(['name', 'place']),
  dataClasses: z.array(z.object({ name: z.string(), to: figure.nullable() })),
});

/** What may have been edited by hand: taken where it is what it should be. */
const readEvaluations = (list: readonly unknown[]): DataEvaluation[] =>
  list.flatMap((entry) => stored.safeParse(entry).data ?? []);

export function createEvaluateHandlers(
  { runsHome, broadcast }: Pick<ServiceOptions, 'runsHome' | 'broadcast'>,
  fork: ForkTrainer,
): { readonly handlers: Pick<Handlers, Calls>; dispose(): void } {
  let judging: JobHandle<DataEvaluation | null> | undefined;

  async function evaluate({ run, data, split, engine }: CallArgument<'runs.evaluate'>) {
    if (judging)
      throw new AppError('evaluate/busy', 'A run is being judged already.', {
        hint: 'Wait until it is done, or cancel it.',
      });
    const { folder } = openRun(runsHome, run);
    let last: Evaluating = { run, data, done: 0, total: 0 };
    const throttle = new Throttle(() => broadcast('runs.evaluating', last));
    const wish = engine === null ? {} : { engine };
    const handle = startJob(fork, 'evaluate', { run: folder, data, split, ...wish }, (progress) => {
      last = { run, data, ...progress };
      throttle.request();
    });
    judging = handle;
    try {
      return await handle.result;
    } finally {
      throttle.end();
      judging = undefined;
    }
  }

  return {
    handlers: {
      'runs.evaluate': evaluate,
      'runs.cancelEvaluate': () => {
        judging?.post({ type: 'stop' });
        return null;
      },
      'runs.evaluations': ({ run }) => readEvaluations(listEvaluations(openRun(runsHome, run).folder)),
    },
    dispose: () => judging?.kill(new AppError('host/closing', 'Stemma closes.')),
  };
}
