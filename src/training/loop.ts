/** The loop: batches in, metrics and weights out. Knows no disk and no process. */

import { AppError } from '../base/errors.ts';
import type { Session } from '../compile/session.ts';
import type { StepResult } from '../compile/trainable.ts';
import { type Feed, placeOf } from '../data/feed.ts';
import { learningRateAt, type Recipe } from '../recipe/recipe.ts';
import { type BestState, hasWaitedEnough, judgeLook, NO_LOOK, type Verdict } from './best.ts';
import type { Evaluation } from './evaluate.ts';
import type { Metric } from './metric.ts';
import type { Sampling } from './sampling.ts';
import { type Look, lookOf } from './telemetry.ts';

/** What the loop needs of a network on an engine. */
export type Learner = Pick<Session, 'step'>;

/** How far a run has come: with the session's state all that the rest of it depends on. */
export interface Position {
  /** Steps done. */
  readonly steps: number;
  /** Sums over the pictures of the epoch that is under way. */
  readonly loss: number;
  readonly correct: number;
  readonly seen: number;
  /** Loss of the last step; null before the first. */
  readonly trainLoss: number | null;
  /** Of the looks at the held-out pictures. */
  readonly best: BestState;
  /** It was stopped in the look at the held-out pictures that follows its last step: whoever goes on takes it first. */
  readonly owesLook: boolean;
}

export const BEGINNING: Position = {
  ...{ steps: 0, loss: 0, correct: 0, seen: 0, trainLoss: null, best: NO_LOOK, owesLook: false },
};

export interface LoopControl {
  /** Awaited between steps: resolves when training may go on; 'stop' ends it at once. */
  next(): Promise<'go' | 'stop'>;
  metric(metric: Metric): void;
  /** At which steps the network is looked at, and who is told; absent: never. */
  readonly telemetry?: {
    readonly sampling: Pick<Sampling, 'due' | 'stepped' | 'looked'>;
    look(look: Look): void;
  };
  /** Judges the held-out pictures after so many steps; absent where none are held out, undefined where it was stopped. */
  validate?(steps: number, epoch: number): Promise<Evaluation | undefined>;
  /**
   * After a step, when all its metrics are told: the place for a checkpoint. What it takes is no part of a step.
   * `verdict`: where the held-out pictures were judged after it.
   */
  between?(position: Position, epoch: number, epochEnded: boolean, verdict?: Verdict): Promise<void>;
}

export interface LoopResult {
  /** Done in all, those before `from` too. */
  readonly position: Position;
  readonly epochs: number;
  readonly stopped: boolean;
  /** The loss on the held-out pictures had not fallen for as many looks as the recipe waits. */
  readonly endedEarly: boolean;
  /** Of the steps of this call. */
  readonly stepMs: readonly number[];
}

/** Whether the held-out pictures are judged after so many steps. */
export function validatesAt({ validateEvery }: Recipe, steps: number, stepsPerEpoch: number): boolean {
  return steps % stepsPerEpoch === 0 || (validateEvery > 0 && steps % validateEvery === 0);
}

/**
 * From `from` to the recipe's last step: the same steps with the same numbers, wherever it begins.
 * @throws AppError('training/not-finite') where the loss is no number any more
 */
export async function train(
  model: Learner,
  feed: Feed,
  recipe: Recipe,
  control: LoopControl,
  from: Position = BEGINNING,
): Promise<LoopResult> {
  const { stepsPerEpoch } = feed;
  const total = recipe.epochs * stepsPerEpoch;
  const stepMs: number[] = [];
  let position = from;
  const result = (stopped: boolean): LoopResult => ({
    ...{ position, epochs: Math.floor(position.steps / stepsPerEpoch), stopped, stepMs },
    endedEarly: !stopped && position.steps < total,
  });
  /** All that comes after a step; false where it was stopped in it. */
  const follow = async (step: number): Promise<boolean> => {
    const { epoch, index } = placeOf(stepsPerEpoch, step);
    const isLook = control.validate !== undefined && validatesAt(recipe, step + 1, stepsPerEpoch);
    const held = isLook ? await control.validate?.(step + 1, epoch) : undefined;
    position = { ...position, owesLook: isLook && !held };
    if (position.owesLook) return false;
    const verdict = held && judgeLook(recipe, position.best, { steps: step + 1, loss: held.loss });
    if (verdict) position = { ...position, best: verdict.state };
    if (held) control.metric({ kind: 'validation', step, epoch, loss: held.loss, accuracy: held.accuracy });
    const epochEnded = index === stepsPerEpoch - 1;
    if (epochEnded) {
      const { seen, correct } = position;
      control.metric({
        ...{ kind: 'epoch', epoch, step, loss: position.loss / seen, accuracy: correct / seen },
        ...(held && { validationLoss: held.loss, validationAccuracy: held.accuracy }),
      });
      position = { ...position, loss: 0, correct: 0, seen: 0 };
    }
    await control.between?.(position, epoch, epochEnded, verdict);
    return true;
  };
  if (from.owesLook && !(await follow(from.steps - 1))) return result(true);
  let started = performance.now();
  const range = { epochs: recipe.epochs, from: placeOf(stepsPerEpoch, from.steps) };
  for await (const { epoch, batch, waitMs } of feed.batches(range)) {
    if (hasWaitedEnough(recipe, position.best)) return result(false);
    const asked = performance.now();
    if ((await control.next()) === 'stop') return result(true);
    // A pause is no part of a step.
    started += performance.now() - asked;
    const step = position.steps;
    const learningRate = learningRateAt(recipe, step, total);
    const told = await lookedAt(control, step, epoch, (observe) =>
      model.step(batch, step, learningRate, { observe }),
    );
    if (!Number.isFinite(told.loss))
      throw new AppError(
        'training/not-finite',
        `The loss became ${told.loss} at step ${step + 1} (learning rate ${learningRate}).`,
        { hint: 'The weights grew without bound: lower the learning rate, or let it warm up.' },
      );
    const durationMs = performance.now() - started;
    stepMs.push(durationMs);
    position = after(position, told, batch.count);
    const { loss, updateMs } = told;
    control.metric({
      ...{ kind: 'step', step, epoch, loss, accuracy: told.correct / batch.count },
      ...{ learningRate, durationMs, waitMs, ...(updateMs !== undefined && { updateMs }) },
      ...(batch.count < recipe.batch && { count: batch.count }),
    });
    if (!(await follow(step))) return result(true);
    started = performance.now();
  }
  return result(false);
}

async function lookedAt(
  { telemetry }: LoopControl,
  step: number,
  epoch: number,
  take: (observe: boolean) => Promise<StepResult>,
): Promise<StepResult> {
  const observe = telemetry?.sampling.due(step) ?? false;
  const began = performance.now();
  const told = await take(observe);
  const ms = performance.now() - began;
  if (!observe) telemetry?.sampling.stepped(ms);
  else {
    const seen = telemetry?.sampling.looked(step, ms);
    if (told.observed && seen) telemetry?.look(lookOf(told.observed, { step, epoch, ...seen }));
  }
  return told;
}

function after(before: Position, { loss, correct }: StepResult, count: number): Position {
  return {
    steps: before.steps + 1,
    loss: before.loss + loss * count,
    correct: before.correct + correct,
    seen: before.seen + count,
    trainLoss: loss,
    ...{ best: before.best, owesLook: false },
  };
}

/** The middle and the 95th percentile; NaN of nothing. The first step is left out where there are more: it warms up. */
export function stepTimes(stepMs: readonly number[]): { median: number; p95: number } {
  const sorted = (stepMs.length > 1 ? stepMs.slice(1) : [...stepMs]).sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}
