/** An experiment as the host sees it: its state for pages that come late, events at a rate that a page can follow. */
import { AppError, describeError } from '../base/errors.ts';
import { findDataset } from '../data/index.node.ts';
import { secondsFor, workOf } from '../experiments/estimate.ts';
import { expand, keyOf, type Planned } from '../experiments/expand.ts';
import { Curve } from '../experiments/results.ts';
import { ExperimentWriter, openExperiment } from '../experiments/store.node.ts';
import type { ActiveExperiment, ExperimentEnd } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { type JobHandle, startJob } from './job.node.ts';
import type { ExperimentEvent, ExperimentJob, ExperimentOutcome } from './jobs.ts';
import { Throttle } from './throttle.ts';

const CANCELLED = 'trainer/cancelled';
const WARNINGS = 20;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class RunningExperiment {
  /** Its id, once its folder is there. @throws AppError where it never was */
  readonly started: Promise<string>;
  /** Never rejects; null where it never started. */
  readonly ended: Promise<ExperimentEnd | null>;
  readonly #broadcast: ServiceOptions['broadcast'];
  readonly #job: JobHandle<ExperimentOutcome>;
  readonly #throttle = new Throttle(() => this.#tell());
  #folder: string | undefined;
  #state: Mutable<ActiveExperiment> | undefined;
  /** What each network was expected to take, by its key. */
  #works = new Map<string, number>();
  #curve = new Curve(0);
  #begun = 0;
  /** Wall time of networks done here, and what was expected of them. */
  #spent = { ms: 0, work: 0 };
  #stopping = false;

  constructor({ fork, broadcast }: Pick<ServiceOptions, 'fork' | 'broadcast'>, job: ExperimentJob) {
    this.#broadcast = broadcast;
    let begin: (id: string) => void = () => {};
    const began = new Promise<string>((resolve) => (begin = resolve));
    this.#job = startJob(fork, 'experiment', job, (event) => {
      this.#hear(event);
      if (event.type === 'started') begin(event.id);
    });
    const { result } = this.#job;
    this.started = Promise.race([began, result.then(({ id }) => id)]);
    this.ended = result.then(
      ({ stopped }) => this.#end(stopped ? 'stopped' : 'finished', stopped ? 'Stopped by hand.' : ''),
      (error: unknown) => this.#fail(error),
    );
  }

  get state(): ActiveExperiment | undefined {
    return this.#state && { ...this.#state };
  }

  pause(): void {
    this.#job.post({ type: 'pause' });
  }

  resume(): void {
    this.#job.post({ type: 'resume' });
  }

  stop(): void {
    this.#stopping = true;
    this.#job.post({ type: 'stop' });
    if (this.#state) this.#state.phase = 'stopping';
    this.#throttle.now();
  }

  cancel(why = 'Cancelled. Networks that were done are kept.'): void {
    this.#job.kill(new AppError(CANCELLED, why));
  }

  #hear(event: ExperimentEvent): void {
    if (event.type === 'started') this.#begin(event);
    const state = this.#state;
    if (!state) return;
    switch (event.type) {
      case 'net': {
        const { variant, seed, run, steps, engine, device } = event;
        this.#curve = new Curve(steps);
        this.#begun = performance.now();
        Object.assign(state, { engine, device, net: { variant, seed, run, steps, step: 0, curve: [] } });
        if (run !== null) this.#broadcast('runs.changed', {});
        break;
      }
      case 'step':
        this.#curve.add(event.step, event.loss);
        if (state.net) state.net = { ...state.net, step: event.step, curve: [...this.#curve.points] };
        break;
      case 'phase':
        if (!this.#stopping || event.phase === 'stopping') state.phase = event.phase;
        break;
      case 'warning':
        if (!state.warnings.includes(event.message))
          state.warnings = [...state.warnings, event.message].slice(-WARNINGS);
        break;
      case 'result':
        this.#finishNet(state, event);
        break;
    }
    state.secondsLeft = this.#secondsLeft(state);
    this.#throttle.request();
  }

  #begin({ id, folder, total, done }: ExperimentEvent & { type: 'started' }): void {
    const { document, record } = openExperiment(folder);
    const key = ({ variant, seed }: Planned) => keyOf({ variant: variant.id, seed });
    const finished = new Set(record.results.map(keyOf));
    const left = expand(document).filter((net) => !finished.has(key(net)));
    this.#works = new Map(
      left.map((net) => [key(net), workOf(net, findDataset(net.recipe.data).trainCount)]),
    );
    this.#folder = folder;
    this.#state = {
      ...{ id, title: document.title, phase: this.#stopping ? 'stopping' : 'preparing' },
      ...{ total, done, net: null, engine: '', device: '', secondsLeft: null, warnings: [] },
    };
    this.#broadcast('experiments.changed', {});
    this.#throttle.now();
  }

  #finishNet(state: Mutable<ActiveExperiment>, { result }: ExperimentEvent & { type: 'result' }): void {
    state.done++;
    this.#works.delete(keyOf(result));
    this.#spent.ms += performance.now() - this.#begun;
    this.#spent.work += secondsFor([result.work]);
    this.#broadcast('experiments.result', { id: state.id, result });
    this.#broadcast('runs.changed', {});
  }

  /** From the wall time of what is done; null before the first network is. */
  #secondsLeft({ net }: ActiveExperiment): number | null {
    if (this.#spent.work === 0) return null;
    const pace = this.#spent.ms / 1000 / this.#spent.work;
    const all = secondsFor([...this.#works.values()]);
    const own = net && this.#works.get(keyOf(net));
    const done = net && own !== null && own !== undefined && net.steps > 0 ? (own * net.step) / net.steps : 0;
    return Math.max(0, (all - done) * pace);
  }

  #tell(): void {
    if (this.#state) this.#broadcast('experiments.state', { ...this.#state });
  }

  #end(state: ExperimentEnd['state'], reason: string): ExperimentEnd | null {
    this.#throttle.end();
    if (!this.#state) return null;
    const end = { id: this.#state.id, state, reason };
    this.#broadcast('experiments.ended', end);
    this.#broadcast('experiments.changed', {});
    return end;
  }

  /** A process that died could not say so itself. */
  async #fail(error: unknown): Promise<ExperimentEnd | null> {
    const reason = describeError(error);
    const state = error instanceof AppError && error.code === CANCELLED ? 'stopped' : 'failed';
    if (this.#folder !== undefined)
      try {
        await new ExperimentWriter(openExperiment(this.#folder)).setState(state, reason);
      } catch (second) {
        return this.#end(state, `${reason} This could not be noted: ${describeError(second)}`);
      }
    return this.#end(state, reason);
  }
}
