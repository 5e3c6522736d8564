/** The loop: batches in, metrics and weights out. Knows no disk and no process. */

import { AppError } from '../base/errors.ts';
import type { Session } from '../compile/session.ts';
import type { Feed } from '../data/feed.ts';
import { learningRateAt, type Recipe } from '../recipe/recipe.ts';
import type { Evaluation } from './evaluate.ts';
import type { Metric } from './metric.ts';

/** What the loop needs of a network on an engine. */
export type Learner = Pick<Session, 'step'>;

export interface LoopControl {
  /** Awaited between steps: resolves when training may go on; 'stop' ends it at once. */
  next(): Promise<'go' | 'stop'>;
  metric(metric: Metric): void;
  /** Judges the held-out pictures after so many steps; absent where none are held out, undefined where it was stopped. */
  validate?(steps: number, epoch: number): Promise<Evaluation | undefined>;
  /** After an epoch, before its metric: the place for a checkpoint. */
  epochEnd?(epoch: number): Promise<void>;
  /** After so many steps, when their metrics are told; what it takes is no part of a step. */
  between?(steps: number, epoch: number): Promise<void>;
}

export interface LoopResult {
  readonly steps: number;
  readonly epochs: number;
  readonly stopped: boolean;
  /** Loss of the last step. */
  readonly trainLoss: number;
  readonly stepMs: readonly number[];
}

/** Whether the held-out pictures are judged after so many steps. */
export function validatesAt({ validateEvery }: Recipe, steps: number, stepsPerEpoch: number): boolean {
  return steps % stepsPerEpoch === 0 || (validateEvery > 0 && steps % validateEvery === 0);
}

/** @throws AppError('training/not-finite') where the loss is no number any more */
export async function train(
  model: Learner,
  feed: Feed,
  recipe: Recipe,
  control: LoopControl,
): Promise<LoopResult> {
  const steps = recipe.epochs * feed.stepsPerEpoch;
  const stepMs: number[] = [];
  let step = 0;
  let trainLoss = Number.NaN;
  let epochs = 0;
  let [loss, correct, seen] = [0, 0, 0];
  let started = performance.now();
  for await (const { epoch, index, batch, waitMs } of feed.batches({ epochs: recipe.epochs })) {
    const asked = performance.now();
    if ((await control.next()) === 'stop') return { steps: step, epochs, stopped: true, trainLoss, stepMs };
    // A pause is no part of a step.
    started += performance.now() - asked;
    const learningRate = learningRateAt(recipe, step, steps);
    const result = await model.step(batch, step, learningRate);
    if (!Number.isFinite(result.loss))
      throw new AppError(
        'training/not-finite',
        `The loss became ${result.loss} at step ${step + 1} (learning rate ${learningRate}).`,
        { hint: 'The weights grew without bound: lower the learning rate, or let it warm up.' },
      );
    const durationMs = performance.now() - started;
    trainLoss = result.loss;
    stepMs.push(durationMs);
    loss += result.loss * batch.count;
    correct += result.correct;
    seen += batch.count;
    const accuracy = result.correct / batch.count;
    const { updateMs } = result;
    control.metric({
      ...{ kind: 'step', step, epoch, loss: result.loss, accuracy, learningRate, durationMs, waitMs },
      ...(updateMs !== undefined && { updateMs }),
      ...(batch.count < recipe.batch && { count: batch.count }),
    });
    const held = validatesAt(recipe, step + 1, feed.stepsPerEpoch)
      ? await control.validate?.(step + 1, epoch)
      : undefined;
    if (held) control.metric({ kind: 'validation', step, epoch, loss: held.loss, accuracy: held.accuracy });
    if (index === feed.stepsPerEpoch - 1) {
      await control.epochEnd?.(epoch);
      control.metric({
        ...{ kind: 'epoch', epoch, step, loss: loss / seen, accuracy: correct / seen },
        ...(held && { validationLoss: held.loss, validationAccuracy: held.accuracy }),
      });
      [loss, correct, seen] = [0, 0, 0];
      epochs++;
    }
    step++;
    await control.between?.(step, epoch);
    started = performance.now();
  }
  return { steps: step, epochs, stopped: false, trainLoss, stepMs };
}

/** The middle and the 95th percentile; NaN of nothing. The first step is left out where there are more: it warms up. */
export function stepTimes(stepMs: readonly number[]): { median: number; p95: number } {
  const sorted = (stepMs.length > 1 ? stepMs.slice(1) : [...stepMs]).sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}
