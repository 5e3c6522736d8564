import { expect, test } from 'vitest';
import { type Answers, answersParts, looksToKeep, parseAnswers } from './answers.ts';

const answers: Answers = {
  labels: Uint16Array.of(0, 300, 2),
  looks: [
    {
      ...{ step: 20, epoch: 1, answers: Uint16Array.of(0, 300, 1) },
      answerProbability: Float32Array.of(0.5, 0.75, 1),
      truthProbability: Float32Array.of(0.5, 0.75, 0),
    },
    {
      ...{ step: 10, epoch: 0, answers: Uint16Array.of(1, 1, 1) },
      answerProbability: Float32Array.of(0.25, 0.25, 0.25),
      truthProbability: Float32Array.of(0, 0, 0.125),
    },
  ],
};
const file = (given: Answers) =>
  Buffer.concat(answersParts(given).map((part) => Buffer.from(part as Uint8Array)));

test('what is written is read, whatever place the numbers begin at', () => {
  expect(parseAnswers(file(answers), 'a')).toEqual(answers);
  const none = { labels: new Uint16Array(0), looks: [] };
  expect(parseAnswers(file(none), 'a')).toEqual(none);
});

test('a file that is cut short, longer or something else is refused by its name', () => {
  const whole = file(answers);
  for (const bytes of [whole.subarray(0, -1), Uint8Array.of(...whole, 0), Uint8Array.of(1, 2, 3)])
    expect(() => parseAnswers(bytes, 'RUN/answers-test.bin')).toThrow(
      /^RUN\/answers-test\.bin cannot be read/,
    );
  const newer = new TextEncoder().encode('{"formatVersion":2}\n');
  expect(() => parseAnswers(newer, 'a')).toThrow('newer');
});

test('the last two looks stay, and how the two epochs before ended', () => {
  const looks = [4, 3, 3, 2, 2, 1].map((epoch, i) => ({ epoch, name: `${epoch}.${i}` }));
  expect(looksToKeep(looks).map((l) => l.name)).toEqual(['4.0', '3.1', '2.3']);
  const within = [2, 2, 2, 1, 0].map((epoch, i) => ({ epoch, name: `${epoch}.${i}` }));
  expect(looksToKeep(within).map((l) => l.name)).toEqual(['2.0', '2.1', '1.3', '0.4']);
});
