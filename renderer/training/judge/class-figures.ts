/** What a confusion matrix says of each class. */

export interface ClassFigures {
  readonly index: number;
  readonly name: string;
  /** Of what was answered so, the share that is it; null: nothing was. */
  readonly precision: number | null;
  /** Of what is it, the share that was answered so; null: there is none. */
  readonly recall: number | null;
  /** Their harmonic mean. */
  readonly f1: number | null;
  /** Pictures that are it. */
  readonly support: number;
}

interface Matrix {
  readonly classes: readonly string[];
  /** Row: the true class; column: the answer. */
  readonly confusion: readonly (readonly number[])[];
}

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

export function classFigures({ classes, confusion }: Matrix): ClassFigures[] {
  return classes.map((name, index) => {
    const right = confusion[index]?.[index] ?? 0;
    const support = total(confusion[index] ?? []);
    const answered = total(confusion.map((row) => row[index] ?? 0));
    const precision = answered > 0 ? right / answered : null;
    const recall = support > 0 ? right / support : null;
    const f1 = support + answered > 0 ? (2 * right) / (support + answered) : null;
    return { index, name, precision, recall, f1, support };
  });
}

/** Of the classes that have a figure, each counting the same. */
export function meanOf(figures: readonly ClassFigures[], what: 'precision' | 'recall' | 'f1'): number | null {
  const known = figures.map((f) => f[what]).filter((v) => v !== null);
  return known.length > 0 ? total(known) / known.length : null;
}

export interface Mistake {
  readonly truth: number;
  readonly answer: number;
  readonly count: number;
  /** Of the pictures that are it. */
  readonly share: number;
}

/** What is taken for what most often. */
export function commonMistakes({ confusion }: Matrix, most: number): Mistake[] {
  return confusion
    .flatMap((row, truth) => {
      const support = Math.max(1, total(row));
      return row.map((count, answer) => ({ truth, answer, count, share: count / support }));
    })
    .filter(({ truth, answer, count }) => truth !== answer && count > 0)
    .sort((a, b) => b.count - a.count || b.share - a.share)
    .slice(0, most);
}
