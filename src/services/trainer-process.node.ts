/** The trainer as a process of its own, seen from outside. A dead trainer is told in words. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../base/errors.ts';
import type { TrainingEvent, TrainingJob, TrainingResult } from './training.node.ts';

export type ToTrainer =
  | { type: 'start'; job: TrainingJob }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'stop' };
export type FromTrainer =
  | { type: 'event'; event: TrainingEvent }
  | { type: 'done'; result: TrainingResult }
  | { type: 'failed'; code: string; message: string; hint?: string };

export interface TrainerHandle {
  readonly pid: number | undefined;
  /** @throws AppError where training failed or the process died */
  readonly result: Promise<TrainingResult>;
  /** Takes effect at the end of the step. */
  pause(): void;
  resume(): void;
  /** Ends after this step; weights are kept. */
  stop(): void;
  /** Ends at once. */
  kill(): void;
}

export function startTrainer(
  job: TrainingJob,
  onEvent: (event: TrainingEvent) => void,
  program?: string,
): TrainerHandle {
  const path = program ?? fileURLToPath(new URL('./trainer.mjs', import.meta.url));
  const child = fork(path, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const post = (message: ToTrainer) => {
    if (child.connected) child.send(message);
  };
  const result = new Promise<TrainingResult>((resolve, reject) => {
    child.on('message', (message: FromTrainer) => {
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'done') resolve(message.result);
      else
        reject(
          new AppError(
            message.code,
            message.message,
            message.hint === undefined ? {} : { hint: message.hint },
          ),
        );
    });
    child.on('error', reject);
    // 'close' comes after the last message and the last words; 'exit' may come before them.
    child.on('close', (code, signal) => {
      const how = signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
      const last = said.trim().split('\n').at(-1);
      reject(
        new AppError(
          'trainer/died',
          `The trainer is gone: ${how}.${last ? ` Its last words: ${last}` : ''}`,
          {
            hint: 'If the system ran out of memory, use a smaller batch. What was stored of the run is kept.',
          },
        ),
      );
    });
  });
  post({ type: 'start', job });
  return {
    pid: child.pid,
    result,
    pause: () => post({ type: 'pause' }),
    resume: () => post({ type: 'resume' }),
    stop: () => post({ type: 'stop' }),
    kill: () => void child.kill('SIGKILL'),
  };
}
