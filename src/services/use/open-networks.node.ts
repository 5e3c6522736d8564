/** Networks that are held open for questions, each in a process of its own; the host only passes words on. */
import { AppError } from '../../base/errors.ts';
import type { ForkTrainer } from '../host.ts';
import { type JobHandle, startJob } from '../job.node.ts';
import type { Question, QuestionAnswers, UseEvent } from '../jobs.ts';

interface Waiting {
  resolve(value: QuestionAnswers[keyof QuestionAnswers]): void;
  reject(error: AppError): void;
}

interface Held {
  readonly handle: JobHandle<null>;
  readonly waiting: Map<number, Waiting>;
  idle: ReturnType<typeof setTimeout> | undefined;
}

export interface HoldOptions {
  /** Without a question for so long a network is let go. */
  readonly idleMs?: number;
  /** So many at most; the one that was asked longest ago makes room. */
  readonly most?: number;
  /** Questions that wait for one network; more are refused. */
  readonly waitMost?: number;
}

const IDLE_MS = 3 * 60_000;
const MOST = 2;
const WAIT_MOST = 64;

export class OpenNetworks {
  readonly #fork: ForkTrainer;
  readonly #options: Required<HoldOptions>;
  /** By the run's folder, the one asked last at the end. */
  readonly #held = new Map<string, Held>();
  #asked = 0;

  constructor(fork: ForkTrainer, options: HoldOptions = {}) {
    this.#fork = fork;
    this.#options = { idleMs: IDLE_MS, most: MOST, waitMost: WAIT_MOST, ...options };
  }

  /** How many processes there are. */
  get count(): number {
    return this.#held.size;
  }

  /** @throws AppError as the question is answered, or where its process is gone */
  ask<Q extends Question>(folder: string, question: Q): Promise<QuestionAnswers[Q['kind']]> {
    const held = this.#hold(folder);
    if (held.waiting.size >= this.#options.waitMost)
      throw new AppError('predict/busy', `${held.waiting.size} questions wait for this network already.`, {
        hint: 'Wait until they are answered.',
      });
    clearTimeout(held.idle);
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      held.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      held.handle.post({ type: 'ask', id, question });
    });
  }

  /** Lets it go; what waits is refused. */
  close(folder: string, why = new AppError('predict/closed', 'The network was let go.')): void {
    const held = this.#held.get(folder);
    // What is asked from now on goes to another: this one hears nothing more.
    this.#held.delete(folder);
    held?.handle.kill(why);
  }

  dispose(why: AppError): void {
    for (const folder of [...this.#held.keys()]) this.close(folder, why);
  }

  #hold(folder: string): Held {
    const held = this.#held.get(folder) ?? this.#open(folder);
    this.#held.delete(folder);
    this.#held.set(folder, held);
    for (const [oldest, { waiting }] of this.#held) {
      if (this.#held.size <= this.#options.most) break;
      if (oldest === folder || waiting.size > 0) continue;
      this.#forget(oldest);
    }
    return held;
  }

  #forget(folder: string): void {
    const held = this.#held.get(folder);
    this.#held.delete(folder);
    clearTimeout(held?.idle);
    held?.handle.post({ type: 'stop' });
  }

  #open(folder: string): Held {
    const waiting: Held['waiting'] = new Map();
    const heard = (event: UseEvent) => {
      const question = waiting.get(event.id);
      waiting.delete(event.id);
      if (event.ok) question?.resolve(event.value);
      else {
        const { code, message, hint } = event.error;
        question?.reject(new AppError(code, message, hint === null ? {} : { hint }));
      }
      if (waiting.size === 0 && this.#held.get(folder) === held) this.#rest(folder, held);
    };
    const held: Held = {
      handle: startJob(this.#fork, 'use', { run: folder }, heard),
      ...{ waiting, idle: undefined },
    };
    const ended = (error: AppError) => {
      clearTimeout(held.idle);
      if (this.#held.get(folder) === held) this.#held.delete(folder);
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    held.handle.result.then(() => ended(new AppError('predict/closed', 'The network was let go.')), ended);
    return held;
  }

  #rest(folder: string, held: Held): void {
    clearTimeout(held.idle);
    held.idle = setTimeout(() => this.#forget(folder), this.#options.idleMs);
    held.idle.unref();
  }
}
