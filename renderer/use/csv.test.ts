import { expect, test } from 'vitest';
import type { Prediction } from '../../src/services/contract.ts';
import { answersCsv } from './csv.ts';

const prediction = {
  step: 40,
  top: [
    { index: 1, name: 'coat, long', probability: 0.75 },
    { index: 0, name: '=cmd()', probability: 0.25 },
  ],
} as unknown as Prediction;

test('a line a picture, also of one that could not be read; nothing in a name breaks the table or runs in it', () => {
  const csv = answersCsv([
    { name: 'a "b".png', prediction, error: null },
    { name: 'c.txt', prediction: null, error: 'It is no picture.\nReally.' },
  ]);
  expect(csv.split('\r\n')).toEqual([
    'picture,answer,probability,second,second probability,third,third probability,step,problem',
    `"a ""b"".png","coat, long",0.75,'=cmd(),0.25,,,40,`,
    'c.txt,,,,,,,,"It is no picture.\nReally."',
    '',
  ]);
});
