/** Trainings that wait for their turn: one after another, whatever became of the one before. */
import { randomUUID } from 'node:crypto';
import { AppError, describeError } from '../base/errors.ts';
import { readDocument } from '../document/file.ts';
import type { CallArgument, Handlers, QueueState } from './contract.ts';
import { isKnownType } from './documents.node.ts';
import { QueueFile, type Waiting } from './queue-file.node.ts';

const MOST = 100;

export interface QueueOptions {
  readonly stateHome: string;
  /** Resolves once its run is there. @throws AppError where it cannot begin */
  start(entry: CallArgument<'training.start'>): Promise<unknown>;
  isBusy(): boolean;
  told(state: QueueState): void;
}

type Calls = Extract<keyof Handlers, `queue.${string}`>;

export class Queue {
  readonly #options: QueueOptions;
  readonly #file: QueueFile;
  #waiting: readonly Waiting[];
  /** Nothing begins by itself; what is left of another time waits until a person says so. */
  #held: boolean;
  #starting = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#file = new QueueFile(options.stateHome);
    this.#waiting = this.#file.read();
    this.#held = this.#waiting.some(({ failed }) => failed === null);
  }

  get state(): QueueState {
    return {
      held: this.#held,
      entries: this.#waiting.map(({ document: _, ...entry }) => entry),
    };
  }

  get handlers(): Pick<Handlers, Calls> {
    return {
      'queue.list': () => this.state,
      'queue.add': (argument) => this.#add(argument),
      'queue.move': ({ id, to }) => {
        const entry = this.#find(id);
        const rest = this.#waiting.filter((one) => one !== entry);
        return this.#change([...rest.slice(0, to), entry, ...rest.slice(to)]);
      },
      'queue.remove': ({ id }) => {
        const entry = this.#find(id);
        return this.#change(this.#waiting.filter((one) => one !== entry));
      },
      'queue.hold': ({ held }) => {
        this.#held = held;
        this.#options.told(this.state);
        this.next();
        return this.state;
      },
    };
  }

  /** Begins what is first, where nothing is trained. */
  next(): void {
    if (this.#held || this.#starting || this.#options.isBusy()) return;
    const entry = this.#waiting.find(({ failed }) => failed === null);
    if (!entry) return;
    this.#starting = true;
    void this.#begin(entry).finally(() => {
      this.#starting = false;
      this.next();
    });
  }

  async #begin(entry: Waiting): Promise<void> {
    const { id, document, recipe, engine, from } = entry;
    const begun = this.#options.start({ document, recipe, engine, ...(from && { from }) });
    const failed = await begun.then(() => undefined, describeError);
    const waiting =
      failed === undefined
        ? this.#waiting.filter((one) => one.id !== id)
        : this.#waiting.map((one) => (one.id === id ? { ...one, failed } : one));
    // In memory it is so all the same: the next one has its turn. What the file says too much waits, held, another time.
    await this.#change(waiting).catch(() => {});
  }

  async #add({ document, recipe, engine, from }: CallArgument<'queue.add'>): Promise<QueueState> {
    if (this.#waiting.length >= MOST)
      throw new AppError('queue/full', `${MOST} trainings wait already.`, { hint: 'Remove some of them.' });
    const { title } = readDocument(document, 'the drawing', isKnownType);
    const entry: Waiting = {
      ...{ id: randomUUID(), title, addedAt: new Date().toISOString() },
      ...{ document, recipe, engine, failed: null },
      ...(from && { from }),
    };
    await this.#change([...this.#waiting, entry]);
    this.next();
    return this.state;
  }

  #find(id: string): Waiting {
    const entry = this.#waiting.find((one) => one.id === id);
    if (!entry) throw new AppError('queue/unknown', 'This training does not wait any more.');
    return entry;
  }

  async #change(waiting: readonly Waiting[]): Promise<QueueState> {
    this.#waiting = waiting;
    try {
      await this.#file.write(waiting);
    } finally {
      this.#options.told(this.state);
    }
    return this.state;
  }
}
