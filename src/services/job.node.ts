/** A job in a process of its own, seen from outside. A dead process is told in words. */
import { AppError } from '../base/errors.ts';
import type { ForkTrainer } from './host.ts';
import type { FromTrainer, JobKind, Jobs, StartMessage, ToTrainer } from './jobs.ts';
import { lastWords } from './memory-words.ts';

export interface JobHandle<T> {
  readonly pid: number | undefined;
  /** @throws AppError where it failed, or the process died or was ended */
  readonly result: Promise<T>;
  post(message: ToTrainer): void;
  /** Ends the process at once; `result` is then rejected with `why`, when the process is gone. */
  kill(why: AppError): void;
}

const died = (code: number | null, signal: string | null, said: string) => {
  const how = signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
  const last = lastWords(said);
  return new AppError(
    'trainer/died',
    `The trainer is gone: ${how}.${last ? ` Its last words: ${last}` : ''}`,
    { hint: 'If the system ran out of memory, use a smaller batch. What was stored of the run is kept.' },
  );
};

export function startJob<K extends JobKind>(
  fork: ForkTrainer,
  kind: K,
  job: Jobs[K]['job'],
  onEvent: (event: Jobs[K]['event']) => void = () => {},
): JobHandle<Jobs[K]['result']> {
  const child = fork();
  const post = (message: ToTrainer) => child.post(message);
  let why: AppError | undefined;
  const result = new Promise<Jobs[K]['result']>((resolve, reject) => {
    child.onMessage((given) => {
      const message = given as FromTrainer;
      // One that was ended may have said something on its way.
      if (why) return;
      if (message.type === 'event') return onEvent(message.event as Jobs[K]['event']);
      post({ type: 'end' });
      if (message.type === 'done') return resolve(message.result as Jobs[K]['result']);
      const { code, hint } = message;
      reject(new AppError(code, message.message, hint === undefined ? {} : { hint }));
    });
    child.onExit(({ code, signal, said }) => reject(why ?? died(code, signal, said)));
  });
  post({ type: 'start', kind, job } as StartMessage);
  return {
    // Electron tells it when the process has begun.
    get pid() {
      return child.pid;
    },
    result,
    post,
    kill(reason) {
      why ??= reason;
      child.kill();
    },
  };
}
