/** Looks that a run which goes on has taken already, up to where it goes on. */
import { describeError } from '../base/errors.ts';
import { type AnswerSet, type Answers, answerSets } from '../runs/answers.ts';
import type { RunReader } from '../runs/store.node.ts';
import type { SampleLook } from './contract.ts';
import { readSamples } from './notes.ts';

export interface LooksBefore {
  readonly answers: Readonly<Partial<Record<AnswerSet, Answers>>>;
  readonly samples: readonly SampleLook[];
  readonly warnings: readonly string[];
}

export const noLooks: LooksBefore = { answers: {}, samples: [], warnings: [] };

export async function looksBefore(reader: RunReader, step: number): Promise<LooksBefore> {
  const answers: Partial<Record<AnswerSet, Answers>> = {};
  const warnings: string[] = [];
  for (const set of answerSets)
    try {
      const stored = await reader.answers(set);
      if (stored) answers[set] = { ...stored, looks: stored.looks.filter((look) => look.step <= step) };
    } catch (error) {
      // What changed is not known then; training goes on all the same.
      warnings.push(describeError(error));
    }
  const last = readSamples(reader.note('samples'));
  const samples = last ? [...(last.history ?? []), last].filter((look) => look.step < step) : [];
  return { answers, samples, warnings };
}
