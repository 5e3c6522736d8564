/** One thread that makes batches, as the thread that trains sees it. */
import { Worker } from 'node:worker_threads';
import { AppError, describeError } from '../base/errors.ts';
import type { PictureSet } from './dataset.ts';
import type { PipelineOptions } from './pipeline.ts';
import type { Ring } from './ring.ts';
import type { Failure, FromWorker, ToWorker } from './worker-messages.ts';

/** Built beside the program that holds this file; where the sources themselves run, as tests do, in `dist`. */
const besideThis = () =>
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/batch-worker.mjs' : './batch-worker.mjs',
    import.meta.url,
  );

/** What a thread has told of a stream and nobody has taken. */
interface Told {
  readonly made: Set<number>;
  readonly failed: Map<number, Failure>;
}

function errorOf({ code, message, hint }: Failure): Error {
  return code === undefined
    ? new Error(message)
    : new AppError(code, message, hint === undefined ? {} : { hint });
}

export class BatchThread {
  readonly #worker: Worker;
  /** Of the streams that are open. */
  readonly #told = new Map<number, Told>();
  #started = false;
  #gone: AppError | undefined;
  /** Of whoever waits. */
  readonly #wakes = new Set<() => void>();

  /** @throws AppError('data/worker') */
  constructor(program = besideThis()) {
    try {
      // Flags of this process, as a test runner's, are not for it.
      this.#worker = new Worker(program, { name: 'stemma-batches', execArgv: [] });
    } catch (cause) {
      throw this.#lost(cause);
    }
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('messageerror', (error) => this.#leave(error));
    this.#worker.on('error', (error) => this.#leave(error));
    this.#worker.on('exit', (code) => this.#leave(`it ended with code ${code}`));
  }

  open(stream: number, options: PipelineOptions<PictureSet>, ring: Ring): void {
    this.#told.set(stream, { made: new Set(), failed: new Map() });
    this.#post({ type: 'open', stream, options, ring });
  }

  make(stream: number, number: number, slot: number): void {
    this.#post({ type: 'make', stream, number, slot });
  }

  close(stream: number): void {
    this.#told.delete(stream);
    this.#post({ type: 'close', stream });
  }

  /**
   * Resolves when a batch that was asked for lies in its slot.
   * @throws AppError for what kept it from being made; ('data/worker') where the thread has gone
   */
  async made(stream: number, number: number): Promise<void> {
    for (;;) {
      const told = this.#told.get(stream);
      if (told?.made.delete(number)) return;
      const failure = told?.failed.get(number);
      if (failure) throw errorOf(failure);
      if (this.#gone) throw this.#gone;
      await new Promise<void>((resolve) => this.#wakes.add(resolve));
    }
  }

  async end(): Promise<void> {
    this.#gone ??= new AppError('data/worker', 'A batch was asked for after its thread had been ended.');
    await this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    if (message.type === 'started') this.#started = true;
    // A stream that was left still hears of what was under way.
    else if (message.type === 'made') this.#told.get(message.stream)?.made.add(message.number);
    else this.#told.get(message.stream)?.failed.set(message.number, message.why);
    this.#wake();
  }

  #leave(why: unknown): void {
    this.#gone ??= this.#lost(why);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
    this.#wakes.clear();
  }

  #lost(why: unknown): AppError {
    const [what, hint] = this.#started
      ? ['died', 'Start the training again; if memory was short, with a smaller batch.']
      : [
          'could not be started',
          'A file of Stemma may be missing: install it again, or run `npm run build`.',
        ];
    return new AppError('data/worker', `The thread that prepares pictures ${what}: ${describeError(why)}.`, {
      hint,
      cause: why,
    });
  }
}
