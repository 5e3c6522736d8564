/** What is said of an export. */
import type { ExportEntry } from '../../src/services/contract.ts';

const figure = (value: number) => (value === 0 ? '0' : value.toExponential(0).replace('e+', 'e'));

/** What reading an export back has shown, in a sentence; whether all of it agrees. */
export function verificationWords({ by, largestDifference, agreement, samples }: ExportEntry): {
  readonly good: boolean;
  readonly words: string;
} {
  const agreeing = Math.round(agreement * samples);
  const words =
    samples === 0
      ? `Checked by ${by}.`
      : `Read back by ${by}: largest difference ${figure(largestDifference)} of the largest output on ${samples} samples; top class agrees on ${agreeing} of ${samples}.`;
  return { good: samples === 0 || (agreement === 1 && largestDifference < 1e-3), words };
}
