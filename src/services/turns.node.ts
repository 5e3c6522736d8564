/** What a training is doing, and what the person wants of it: told, and where it lasts, stored. */
import { describeError } from '../base/errors.ts';
import type { RunWriter } from '../runs/store.node.ts';
import type { TrainingPhase } from './contract.ts';
import type { TrainingControl, TrainingEvent } from './jobs.ts';

export class Turns {
  readonly #control: TrainingControl;
  readonly #run: RunWriter;
  readonly #emit: (event: TrainingEvent) => void;
  #phase: TrainingPhase = 'preparing';
  /** Spent in pauses. */
  pausedMs = 0;

  constructor(control: TrainingControl, run: RunWriter, emit: (event: TrainingEvent) => void) {
    this.#control = control;
    this.#run = run;
    this.#emit = emit;
  }

  enter(phase: TrainingPhase): void {
    // Who was told to stop goes on stopping, whatever is still done for it.
    if (phase === this.#phase || this.#phase === 'stopping') return;
    this.#phase = phase;
    this.#emit({ type: 'phase', phase });
  }

  get phase(): TrainingPhase {
    return this.#phase;
  }

  /** What must not end a training where it fails: a note that cannot be stored is a warning. */
  async note(what: Promise<void>): Promise<void> {
    try {
      await what;
    } catch (error) {
      this.#emit({ type: 'warning', message: describeError(error) });
    }
  }

  /** Waits as long as it is paused. */
  readonly next = async (): Promise<'go' | 'stop'> => {
    let wanted = await this.#control.wanted();
    if (wanted === 'pause') {
      const [before, began] = [this.#phase, performance.now()];
      await this.note(this.#run.flush());
      await this.note(this.#run.setState({ state: 'paused' }));
      this.enter('paused');
      while (wanted === 'pause') {
        await this.#control.resumed();
        wanted = await this.#control.wanted();
      }
      this.pausedMs += performance.now() - began;
      if (wanted === 'go') {
        await this.note(this.#run.setState({ state: 'running' }));
        this.enter(before);
      }
    }
    if (wanted === 'stop') this.enter('stopping');
    return wanted;
  };
}
