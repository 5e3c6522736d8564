/** What a training shows of its network as it goes: how it judges held-out pictures, and a few pictures by themselves. */
import { AppError } from '../base/errors.ts';
import type { Session } from '../compile/session.ts';
import type { BatchWorkers } from '../data/batch-workers.node.ts';
import type { Dataset, ImageSet, PictureSet } from '../data/dataset.ts';
import { decodeFiles } from '../data/decode.node.ts';
import { createPipeline } from '../data/pipeline.ts';
import { pick } from '../data/split.ts';
import { decoded } from '../data/window.ts';
import { layerAt, type Network } from '../network/network.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Answers } from '../runs/answers.ts';
import type { RunWriter } from '../runs/store.node.ts';
import { type Evaluation, evaluate } from '../training/evaluate.ts';
import { chooseSamples, softmaxRows } from '../training/samples.ts';
import { AnswerSheet } from './answer-sheet.ts';
import type { EvaluationReport, SampleLook, SampleReport } from './contract.ts';
import type { TrainingEvent } from './jobs.ts';
import type { LooksBefore } from './looks-before.node.ts';
import type { Reports } from './notes.ts';
import { feedingOf, pixelsOf } from './pictures.ts';
import { withLook } from './sample-history.ts';
import type { Turns } from './turns.node.ts';

export const SAMPLES = 20;
/** Samples are asked again after this time, or after so many times what asking takes, whichever is longer. */
const SAMPLES_EVERY_MS = 2000;
const SAMPLES_COST = 40;
const SAVE_EVERY_MS = 1000;

export interface Reported {
  readonly run: RunWriter;
  readonly model: Pick<Session, 'predict'>;
  readonly network: Network;
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly workers: BatchWorkers;
  readonly turns: Turns;
  emit(event: TrainingEvent): void;
}

/** The seed's pictures with what the network answers now. */
export class Samples {
  readonly #given: Reported;
  readonly #chosen: PictureSet;
  #set: ImageSet | undefined;
  #history: readonly SampleLook[];
  #last = -1;
  #due = 0;
  #asked = false;

  /** `before`: looks that a run which goes on has taken. */
  constructor(given: Reported, before: readonly SampleLook[]) {
    this.#given = given;
    this.#history = before;
    const { test } = given.dataset;
    this.#chosen = pick(test, chooseSamples(test.labels, SAMPLES, given.recipe.seed));
  }

  /** Where it is time again. */
  async ifDue(steps: number): Promise<void> {
    if (performance.now() >= this.#due) await this.ask(steps);
  }

  /** After so many steps; once for each, unless others answer now. */
  async ask(steps: number, again = false): Promise<void> {
    if (steps === this.#last && !again) return;
    // What the engine does once for a network is no measure of what asking again takes.
    const warm = this.#asked;
    this.#asked = true;
    const began = performance.now();
    const { network, recipe, dataset, model, run, turns, emit } = this.#given;
    const [height = 1, width = 1] = layerAt(network, network.input).shape;
    this.#set ??= await decoded(this.#chosen, [height, width], decodeFiles);
    const set = this.#set;
    const pipeline = createPipeline(feedingOf(network, recipe, dataset, set));
    const probabilities: number[][] = [];
    for (let i = 0; i < pipeline.stepsPerEpoch; i++) {
      const { images, count } = pipeline.batchAt(0, i);
      probabilities.push(...softmaxRows(await model.predict(images, count), count));
    }
    // Weights that are no numbers any more: the next step tells it in words.
    if (probabilities.flat().some(Number.isNaN)) return;
    const report: SampleReport = {
      ...{ count: set.count, height: set.height, width: set.width, channels: set.channels },
      pixels: pixelsOf(set.images),
      labels: [...set.labels],
      classes: dataset.classes,
      total: dataset.test.count,
      ...{ step: steps, probabilities, history: this.#history },
    };
    this.#history = withLook(this.#history, report);
    this.#last = steps;
    emit({ type: 'samples', report });
    await turns.note(run.saveNote('samples', report));
    const ended = performance.now();
    this.#due = ended + Math.max(SAMPLES_EVERY_MS, warm ? SAMPLES_COST * (ended - began) : 0);
  }
}

/** Judges sets of pictures; the last report on each is kept with the run. */
export class Judge {
  readonly #given: Reported;
  readonly #reports: Reports;
  readonly #answers: Partial<Record<EvaluationReport['set'], Answers>>;
  readonly #unsaved = new Set<EvaluationReport['set']>();
  #saved = Number.NEGATIVE_INFINITY;

  /** `reports`, `answers`: what a run that goes on has stored. */
  constructor(given: Reported, reports: Reports, answers: LooksBefore['answers']) {
    this.#given = given;
    this.#reports = { ...reports };
    this.#answers = { ...answers };
  }

  /**
   * After so many steps; undefined where it was stopped.
   * @throws AppError('training/not-finite') where the answers are no numbers any more
   */
  async judge(
    name: EvaluationReport['set'],
    pictures: PictureSet,
    steps: number,
    epoch: number,
  ): Promise<Evaluation | undefined> {
    const { network, recipe, dataset, workers, model, turns, emit } = this.#given;
    const before = turns.phase;
    turns.enter('evaluating');
    const began = performance.now() - turns.pausedMs;
    const feed = workers.open(feedingOf(network, recipe, dataset, pictures));
    const sheet = new AnswerSheet(pictures.count, steps, epoch);
    const found = await evaluate(model, feed, turns.next, sheet.take);
    if (!found) return undefined;
    const durationMs = performance.now() - turns.pausedMs - began;
    if (!Number.isFinite(found.loss))
      throw new AppError(
        'training/not-finite',
        `The loss on the ${name === 'test' ? 'test' : 'held-out'} pictures is ${found.loss}.`,
        { hint: 'The weights grew without bound: lower the learning rate, or let it warm up.' },
      );
    const report = { set: name, step: steps, epoch, classes: dataset.classes, ...found };
    this.#reports[name] = report;
    this.#answers[name] = sheet.after(this.#answers[name]);
    this.#unsaved.add(name);
    emit({ type: 'evaluation', report, durationMs });
    // A flush to the disk may take longer than a step.
    if (name === 'test' || performance.now() - this.#saved > SAVE_EVERY_MS) await this.save();
    // What follows the test is the end.
    if (name === 'validation') turns.enter(before);
    return found;
  }

  /** The last reports, with the run. */
  async save(): Promise<void> {
    const { run, turns } = this.#given;
    if (Object.keys(this.#reports).length === 0) return;
    await turns.note(run.saveNote('evaluation', this.#reports));
    for (const set of this.#unsaved) {
      const answers = this.#answers[set];
      if (answers) await turns.note(run.saveAnswers(set, answers));
    }
    this.#unsaved.clear();
    this.#saved = performance.now();
  }
}
