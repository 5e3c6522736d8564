import { expect, test } from 'vitest';
import { type BestOptions, type BestState, judgeLook, NO_LOOK, type Verdict, whyEnded } from './best.ts';

function judged(options: Partial<BestOptions>, losses: readonly number[], from = NO_LOOK): Verdict[] {
  const whole = { earlyStop: 0, minImprovement: 0, keepBest: 0, ...options };
  let state: BestState = from;
  const begun = from.without + (from.best?.steps ?? 0);
  return losses.map((loss, i) => {
    const verdict = judgeLook(whole, state, { steps: begun + i + 1, loss });
    state = verdict.state;
    return verdict;
  });
}

test('ends after so many looks without improvement, and not without the wish', () => {
  const losses = [3, 2, 2.5, 2, 1.9, 2, 2, 2];
  const stops = (given: Partial<BestOptions>) => judged(given, losses).map((v) => v.shouldStop);
  expect(stops({ earlyStop: 3 })).toEqual([false, false, false, false, false, false, false, true]);
  expect(stops({ earlyStop: 2 }).indexOf(true)).toBe(3);
  expect(stops({}).includes(true)).toBe(false);
  // 1.9 is not lower than 2 by more than 0.2.
  expect(stops({ earlyStop: 3, minImprovement: 0.2 }).indexOf(true)).toBe(4);
  expect(judged({}, losses).map((v) => v.improved)).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    false,
    false,
  ]);
});

test('small improvements add up: each is measured from the best that counted', () => {
  const improved = judged({ minImprovement: 0.25 }, [2, 1.9, 1.8, 1.7, 1.6]).map((v) => v.improved);
  expect(improved).toEqual([true, false, false, true, false]);
});

test('the k lowest are kept, whatever counts as improvement; each new one names the one that goes', () => {
  const verdicts = judged({ keepBest: 2, minImprovement: 10 }, [5, 7, 6, 6, 4, Number.NaN, 9]);
  expect(verdicts.map(({ keep, drop }) => [keep, ...drop])).toEqual([
    [true],
    [true],
    [true, 2],
    [false],
    [true, 3],
    [false],
    [false],
  ]);
  expect(verdicts.at(-1)?.state.kept).toEqual([
    { steps: 5, loss: 4 },
    { steps: 1, loss: 5 },
  ]);
  expect(judged({}, [1]).map(({ keep, drop }) => [keep, drop])).toEqual([[false, []]]);
});

test('a loss that is no number counts as a look without improvement', () => {
  const [first, second] = judged({ earlyStop: 2, keepBest: 3 }, [Number.NaN, Number.NaN]);
  expect(first).toMatchObject({ improved: false, shouldStop: false, keep: false });
  expect(second).toMatchObject({ shouldStop: true, state: { best: null, kept: [] } });
});

test('a state that was written and read goes on the same, from every moment', () => {
  const options = { earlyStop: 4, minImprovement: 0.05, keepBest: 3 };
  const losses = [3, 2.5, 2.6, 2.48, 2.4, 2.41, 2.7, 2.2, 2.3];
  const whole = judged(options, losses);
  for (let at = 1; at < losses.length; at++) {
    const stored = JSON.parse(JSON.stringify(whole[at - 1]?.state)) as BestState;
    expect(judged(options, losses.slice(at), stored)).toEqual(whole.slice(at));
  }
});

test('why it ended, in words', () => {
  const verdict = judged({ earlyStop: 1 }, [0.5, 0.75]).at(-1);
  expect(whyEnded(verdict?.state ?? NO_LOOK)).toBe(
    'Ended early: the loss on the held-out pictures had not fallen for 1 look; it was lowest after step 1, 0.5000.',
  );
});
