/** A training as the host sees it: its state for pages that come late, and events at a rate that a page can follow. */
import { basename } from 'node:path';
import { AppError, describeError } from '../base/errors.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { MetricsPage } from '../runs/store.node.ts';
import type { Metric } from '../training/metric.ts';
import type { Look } from '../training/telemetry.ts';
import type { ActiveRun, EvaluationReport, RunEnd, TrainingPhase } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import type { TrainingEvent, TrainingJob } from './jobs.ts';
import { Pace } from './pace.ts';
import { Throttle } from './throttle.ts';
import { startTrainer, type TrainerHandle, wasCancelled } from './trainer-process.node.ts';

/** More than the trainer keeps back from its file: what the file lacks, we have. */
const TAIL = 2000;
const WARNINGS = 20;
/** Looks that the trainer may keep back from its file. */
const LOOKS = 50;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class ActiveTraining {
  /** The run's id, once its folder is there. @throws AppError where it never was */
  readonly started: Promise<string>;
  /** Never rejects; null where it never started. */
  readonly ended: Promise<RunEnd | null>;
  readonly #job: TrainingJob;
  readonly #broadcast: ServiceOptions['broadcast'];
  readonly #trainer: TrainerHandle;
  readonly #throttle = new Throttle(() => this.#tell());
  #state: Mutable<ActiveRun> | undefined;
  #pace: Pace | undefined;
  #stopping = false;
  /** The last metrics; `#lines` are there in all, `#told` of them are told. */
  #tail: Metric[] = [];
  #lines = 0;
  #told = 0;
  /** The last looks; whether the last of them is told. */
  #looks: Look[] = [];
  #lookTold = true;
  /** Not told yet: the last of each set. */
  readonly #reports = new Map<EvaluationReport['set'], EvaluationReport>();

  constructor({ fork, broadcast }: Pick<ServiceOptions, 'fork' | 'broadcast'>, job: TrainingJob) {
    this.#job = job;
    this.#broadcast = broadcast;
    let begin: (id: string) => void = () => {};
    const began = new Promise<string>((resolve) => (begin = resolve));
    this.#trainer = startTrainer(
      job,
      (event) => {
        this.#hear(event);
        if (event.type === 'started') begin(basename(event.run));
      },
      fork,
    );
    const { result } = this.#trainer;
    // A training that ends has begun, so one of the two comes first and the other says nothing new.
    this.started = Promise.race([began, result.then(({ run }) => basename(run))]);
    this.ended = result.then(
      ({ stopped }) => this.#end(stopped ? 'stopped' : 'finished', stopped ? 'Stopped by hand.' : ''),
      (error: unknown) => this.#end(wasCancelled(error) ? 'stopped' : 'failed', wordsFor(error)),
    );
  }

  /** Undefined until its run is there. */
  get state(): ActiveRun | undefined {
    return this.#state && { ...this.#state };
  }

  get lines(): number {
    return this.#lines;
  }

  /** Completes a page of the file by what the file lacks yet. */
  complete(page: MetricsPage, count: number): MetricsPage {
    const first = this.#lines - this.#tail.length;
    if (page.next < first) return page;
    const more = this.#tail.slice(page.next - first, page.next - first + count);
    return { metrics: [...page.metrics, ...more], next: page.next + more.length };
  }

  /** Looks after a step, of those that the file may lack yet. */
  looksAfter(step: number): readonly Look[] {
    return this.#looks.filter((look) => look.step > step);
  }

  pause(): void {
    this.#trainer.pause();
  }

  resume(): void {
    this.#trainer.resume();
  }

  stop(): void {
    this.#stopping = true;
    this.#trainer.stop();
    if (!this.#state) return;
    this.#state.phase = 'stopping';
    this.#throttle.now();
  }

  cancel(why?: string): void {
    this.#trainer.kill(why);
  }

  #hear(event: TrainingEvent): void {
    if (event.type === 'started') this.#begin(event);
    const state = this.#state;
    if (!state) return;
    if (event.type === 'phase') this.#enter(state, event.phase);
    else if (event.type === 'metric') this.#measure(state, event.metric);
    else if (event.type === 'telemetry') {
      this.#looks = [...this.#looks, event.look].slice(-LOOKS);
      this.#lookTold = false;
      this.#throttle.request();
    } else if (event.type === 'warning') this.#warn(state, event.message);
    else if (event.type === 'samples')
      this.#broadcast('training.samples', { run: state.run, report: event.report });
    else if (event.type === 'evaluation') {
      const { report, durationMs } = event;
      if (report.set === 'validation') this.#pace?.judged(durationMs, report.count);
      this.#reports.set(report.set, report);
      this.#throttle.request();
    }
  }

  #enter(state: Mutable<ActiveRun>, phase: TrainingPhase): void {
    // Who was told to stop goes on stopping, until the trainer has heard it too.
    if (this.#stopping && phase !== 'stopping') return;
    state.phase = phase;
    // A look at the held-out pictures may take less time than a step.
    if (phase === 'paused') this.#throttle.now();
    else this.#throttle.request();
  }

  #warn(state: Mutable<ActiveRun>, message: string): void {
    if (state.warnings.includes(message)) return;
    state.warnings = [...state.warnings, message].slice(-WARNINGS);
    this.#throttle.request();
  }

  #begin({ run, title, engine, why, device, ...course }: TrainingEvent & { type: 'started' }): void {
    const { steps, stepsPerEpoch, done, metricLines, memoryBytes } = course;
    const { document, recipe } = this.#job;
    this.#pace = new Pace({ recipe: completeRecipe(recipe), ...course });
    this.#state = {
      ...{ run: basename(run), title, phase: this.#stopping ? 'stopping' : 'preparing', document, recipe },
      ...{ engine, engineWhy: why, device, totalSteps: steps, stepsPerEpoch, step: done },
      ...{ imagesPerSecond: null, pace: null, secondsLeft: null, memoryBytes, warnings: [] },
    };
    this.#lines = metricLines;
    this.#told = metricLines;
    this.#broadcast('runs.changed', {});
    this.#throttle.now();
  }

  #measure(state: Mutable<ActiveRun>, metric: Metric): void {
    this.#tail.push(metric);
    this.#lines++;
    if (metric.kind === 'step' && this.#pace) {
      this.#pace.step(metric);
      state.step = metric.step + 1;
      state.imagesPerSecond = this.#pace.imagesPerSecond;
      state.pace = this.#pace.split;
      state.secondsLeft = this.#pace.secondsLeft;
    }
    this.#throttle.request();
  }

  #tell(): void {
    if (!this.#state) return;
    const { run } = this.#state;
    const fresh = this.#lines - this.#told;
    if (fresh > 0)
      this.#broadcast('training.metrics', { run, from: this.#told, metrics: this.#tail.slice(-fresh) });
    this.#told = this.#lines;
    const look = this.#looks.at(-1);
    if (look && !this.#lookTold) this.#broadcast('training.telemetry', { run, look });
    this.#lookTold = true;
    for (const report of this.#reports.values()) this.#broadcast('training.evaluation', { run, report });
    this.#reports.clear();
    this.#tail = this.#tail.slice(-TAIL);
    this.#broadcast('training.state', { ...this.#state });
  }

  #end(state: RunEnd['state'], reason: string): RunEnd | null {
    this.#throttle.end();
    if (!this.#state) return null;
    this.#tell();
    const end = { run: this.#state.run, state, reason };
    this.#broadcast('training.ended', end);
    this.#broadcast('runs.changed', {});
    return end;
  }
}

function wordsFor(error: unknown): string {
  const words = describeError(error);
  if (error instanceof AppError && error.code !== 'bug') return words;
  return `Stemma made a mistake: ${words} What was stored of the run is kept; please report this drawing.`;
}
