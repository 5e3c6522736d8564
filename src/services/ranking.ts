/** Which pictures of a set to look at, and in which order. */
import type { Answers, Look } from '../runs/answers.ts';
import type { CallArgument } from './contract.ts';

export type Wanted = Pick<CallArgument<'runs.answers'>, 'truth' | 'answer' | 'changed' | 'order'>;

const isRight = ({ labels }: Answers, { answers }: Look, i: number) => answers[i] === labels[i];

/** The look that changes are told against: how the last epoch before ended, else the look before. */
export function lookBefore({ looks }: Answers): Look | undefined {
  const [now, ...before] = looks;
  return before.find(({ epoch }) => epoch !== now?.epoch) ?? before[0];
}

/** Pictures that turned right or wrong since the look before. */
export function changesOf(answers: Answers): { right: number[]; wrong: number[] } {
  const [now] = answers.looks;
  const before = lookBefore(answers);
  const changes = { right: [] as number[], wrong: [] as number[] };
  if (!now || !before) return changes;
  for (let i = 0; i < answers.labels.length; i++) {
    const is = isRight(answers, now, i);
    if (is !== isRight(answers, before, i)) changes[is ? 'right' : 'wrong'].push(i);
  }
  return changes;
}

/**
 * Places of pictures in their set. 'wrong': the less likely the truth was held, the earlier, and only what is wrong where
 * nothing else is asked for; 'unsure': the less sure of its answer, the earlier.
 */
export function ranked(answers: Answers, { truth, answer, changed, order }: Wanted): number[] {
  const [look] = answers.looks;
  if (!look) return [];
  const all = changed ? changesOf(answers)[changed] : [...answers.labels.keys()];
  const isAsked = truth !== undefined || answer !== undefined || changed !== undefined;
  const chosen = all.filter(
    (i) =>
      (truth === undefined || answers.labels[i] === truth) &&
      (answer === undefined || look.answers[i] === answer) &&
      (order === 'unsure' || isAsked || !isRight(answers, look, i)),
  );
  const by = order === 'unsure' ? look.answerProbability : look.truthProbability;
  return chosen.sort((a, b) => (by[a] ?? 0) - (by[b] ?? 0) || a - b);
}
