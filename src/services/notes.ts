/** What lies beside a run and may have been edited by hand: taken where it is what it should be, else left out. */
import { z } from 'zod';
import type { EvaluationReport, ExportEntry, SampleReport } from './contract.ts';

const figure = z.number();
const evaluation = z.object({
  set: z.enum(['validation', 'test']),
  ...{ step: figure, epoch: figure, loss: figure, accuracy: figure, count: figure },
  classes: z.array(z.string()),
  confusion: z.array(z.array(figure)),
});
const samples = z.object({
  pixels: z.string(),
  ...{ count: figure, height: figure, width: figure, channels: figure, total: figure, step: figure },
  labels: z.array(figure),
  classes: z.array(z.string()),
  probabilities: z.array(z.array(figure)),
  history: z.array(z.object({ step: figure, probabilities: z.array(z.array(figure)) })).optional(),
});
const exported = z.object({
  ...{ format: z.string(), place: z.string(), at: z.string(), by: z.string() },
  ...{ largestDifference: figure, agreement: figure, samples: figure },
});
/** As the first runs had it: the last part of the place alone. */
const older = exported.omit({ place: true }).extend({ path: z.string() });

export type Reports = Partial<Record<EvaluationReport['set'], EvaluationReport>>;

export function readReports(note: unknown): Reports {
  const given = (note ?? {}) as Record<string, unknown>;
  const [test, validation] = [given.test, given.validation].map((one) => evaluation.safeParse(one).data);
  return { ...(test && { test }), ...(validation && { validation }) };
}

/** The report on the test pictures where there is one, else the last on those held out. */
export function readEvaluation(note: unknown): EvaluationReport | null {
  const { test, validation } = readReports(note);
  return test ?? validation ?? null;
}

export const readSamples = (note: unknown): SampleReport | null => samples.safeParse(note).data ?? null;

export function readExports(notes: readonly unknown[]): ExportEntry[] {
  return notes.flatMap((note) => {
    const entry = exported.safeParse(note).data;
    if (entry) return [entry];
    const { path, ...rest } = older.safeParse(note).data ?? {};
    return path === undefined ? [] : [{ ...(rest as Omit<ExportEntry, 'place'>), place: path }];
  });
}
