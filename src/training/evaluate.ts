/** How good a network is on pictures that it was not trained on. */
import type { Session } from '../compile/session.ts';
import type { Feed } from '../data/feed.ts';

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  /** Row: the true class; column: the answer. */
  readonly confusion: readonly (readonly number[])[];
}

/** Told of each picture, in their order. */
export type AnswerTold = (
  label: number,
  answer: number,
  answerProbability: number,
  truthProbability: number,
) => void;

/**
 * Mean cross entropy and share of right answers, with running statistics; undefined where it was stopped. `next` is
 * asked before each batch, so that a stop and a pause are heard. A picture whose answer is no number counts as wrong
 * and stands in no column.
 */
export async function evaluate(
  model: Pick<Session, 'predict'>,
  feed: Feed,
  next: () => Promise<'go' | 'stop'> = async () => 'go',
  told: AnswerTold = () => {},
): Promise<Evaluation | undefined> {
  let [loss, correct, count] = [0, 0, 0];
  let confusion: number[][] = [];
  for await (const { index, batch } of feed.batches({ epochs: 1 })) {
    if ((await next()) === 'stop') return undefined;
    const logits = await model.predict(batch.images, batch.count);
    const classes = logits.length / batch.count;
    if (index === 0) confusion = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
    for (let i = 0; i < batch.count; i++) {
      const row = logits.subarray(i * classes, (i + 1) * classes);
      const largest = Math.max(...row);
      const sum = row.reduce((a, b) => a + Math.exp(b - largest), 0);
      const label = batch.labels[i] as number;
      const answer = row.indexOf(largest);
      loss += largest + Math.log(sum) - (row[label] as number);
      if (answer === label) correct++;
      const answers = confusion[label];
      if (answers && answer >= 0) answers[answer] = (answers[answer] ?? 0) + 1;
      told(label, answer, 1 / sum, Math.exp((row[label] as number) - largest) / sum);
    }
    count += batch.count;
  }
  return { loss: loss / count, accuracy: correct / count, count, confusion };
}
