import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { networkFor } from './network.ts';
import { participantsOf } from './participants.ts';
import { entries } from './works.ts';

const programs = { stemma: 'stemma-peer.mjs', engine: 'tensorflow', peers: 'bench/peers', python: 'python' };

test.each(entries)('$id: Stemma makes as many parameters as every peer must', ({ work }) => {
  expect(networkFor(work).params).toBe(work.params);
});

test('everyone takes part once, and the programs of the peers are there', () => {
  for (const entry of entries) {
    const participants = participantsOf(entry, programs);
    const ids = participants.map((p) => p.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('stemma');
    expect(ids.includes('torch')).toBe(entry.pictures === undefined);
    for (const { command } of participants)
      if (command[0] === 'python') expect(existsSync(join(command[1] ?? ''))).toBe(true);
  }
});

test('without Python only Stemma is measured; an engine does not race itself', () => {
  const alone = { ...programs, python: undefined };
  const [first] = entries;
  if (!first) throw new Error('there are no works');
  expect(participantsOf(first, alone).map((p) => p.id)).toEqual(['stemma', 'portable']);
  expect(participantsOf(first, { ...alone, engine: 'portable' }).map((p) => p.id)).toEqual(['stemma']);
});
