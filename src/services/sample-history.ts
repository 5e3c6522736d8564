/** A few of the looks at the samples, from the first to the last, however long a training takes. */
import type { SampleLook } from './contract.ts';

/** Numbers that are kept in all: what is stored and sent again at every look. */
const MOST_NUMBERS = 20_000;
const MOST_LOOKS = 60;
const FEWEST_LOOKS = 4;

const brief = ({ step, probabilities }: SampleLook): SampleLook => ({
  step,
  probabilities: probabilities.map((row) => row.map((p) => Math.round(p * 1000) / 1000)),
});

/** Where there are too many, every second goes; the first stays. */
export function withLook(history: readonly SampleLook[], look: SampleLook): readonly SampleLook[] {
  const numbers = look.probabilities.length * (look.probabilities[0]?.length ?? 1);
  const most = Math.max(FEWEST_LOOKS, Math.min(MOST_LOOKS, Math.floor(MOST_NUMBERS / Math.max(1, numbers))));
  const all = [...history, brief(look)];
  return all.length > most ? all.filter((_, i) => i % 2 === 0) : all;
}
