import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Bench } from './measure.ts';
import type { ParticipantId } from './results.ts';
import { figuresOf } from './results.ts';
import { type Entry, entries } from './works.ts';

/** Speaks as a peer does; writes its name where it has a turn. */
const fake = `
  import { appendFileSync } from 'node:fs';
  import { createInterface } from 'node:readline';
  const [, , log, name, stepMs, fault] = process.argv;
  const answer = (value) => console.log(JSON.stringify(value));
  answer({ peer: name, version: '1', idleMb: 10 });
  let turns = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const { work, steps } = JSON.parse(line);
    if (work && fault === 'error') answer({ error: 'no C++ compiler' });
    else if (work) answer({ losses: [2, 1], warmupMs: [999, Number(stepMs)], prepareMs: 5 });
    else {
      appendFileSync(log, name + steps + ' ');
      if (fault === 'dies' && ++turns === 2) {
        console.error('Killed: out of memory');
        process.exit(9);
      }
      answer({ ms: Array(steps).fill(Number(stepMs)), peakMb: 30 });
    }
  }`;

let folder: string;
let bench: Bench;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stemma-bench-'));
  writeFileSync(join(folder, 'fake.mjs'), fake);
  told = [];
  bench = new Bench((line) => told.push(line));
});

afterEach(() => {
  bench.end();
  rmSync(folder, { recursive: true });
});

const entry = entries.find((e) => e.id === 'resnet18-96-b64') as Entry;
const log = () => readFileSync(join(folder, 'log'), 'utf8').trim().split(' ');

const participant = (id: ParticipantId, stepMs: number, fault = '') => ({
  ...{ id, title: `the ${id}` },
  command: [process.execPath, join(folder, 'fake.mjs'), join(folder, 'log'), id, String(stepMs), fault],
});

test('everyone has a turn in every round; the portable engine does one step', async () => {
  const all = [participant('stemma', 9), participant('torch', 10), participant('portable', 90)];
  const result = await bench.measure(entry, all, 3);
  const round = ['stemma2', 'torch2', 'portable1'];
  expect(log()).toEqual([...round, ...round, ...round]);
  expect(figuresOf(result, 'torch')).toEqual({
    ...{ id: 'torch', title: 'the torch', version: '1', losses: [2, 1], prepareMs: 5 },
    rounds: [
      [10, 10],
      [10, 10],
      [10, 10],
    ],
    ...{ idleMb: 10, peakMb: 30 },
  });
  expect(result.busy).toHaveLength(3);
});

test('who fails is told with its reason, and the others go on', async () => {
  const all = [
    participant('stemma', 9),
    participant('torch', 10, 'dies'),
    participant('torch-compile', 10, 'error'),
    participant('jax', 11),
    { ...participant('keras', 1), command: [join(folder, 'no-such-python')] },
  ];
  const { measured } = await bench.measure(entry, all, 3);
  expect(measured.map((m) => ('absent' in m ? m.absent : m.rounds.length))).toEqual([
    3,
    'the torch ended: Killed: out of memory',
    'no C++ compiler',
    3,
    expect.stringContaining('ENOENT'),
  ]);
  expect(told.join('\n')).toContain('the torch-compile: not available: no C++ compiler');
});

test('a peer that is many times as slow as PyTorch has no turn; Stemma always has', async () => {
  const all = [participant('stemma', 200), participant('torch', 10), participant('keras', 101)];
  const { measured } = await bench.measure(entry, all, 1);
  expect(log()).toEqual(['stemma2', 'torch2']);
  expect(measured[2]).toMatchObject({ id: 'keras', absent: expect.stringContaining('no turns') });
});
