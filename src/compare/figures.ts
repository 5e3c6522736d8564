/** The figures by which runs and drawings are compared: what each is called, which is better, how it is shown. */

export const figureKeys = [
  'testAccuracy',
  'testLoss',
  'validationAccuracy',
  'validationLoss',
  'trainLoss',
  'params',
  'macs',
  'seconds',
  'stepsPerSecond',
  'memoryBytes',
  'steps',
] as const;
export type FigureKey = (typeof figureKeys)[number];
/** Null: not known. */
export type Figures = Readonly<Record<FigureKey, number | null>>;

export const noFigures = Object.fromEntries(figureKeys.map((key) => [key, null])) as Figures;

export interface FigureKind {
  readonly title: string;
  readonly help: string;
  /** Null: neither is better. */
  readonly better: 'more' | 'less' | null;
  readonly show: (value: number) => string;
  /** Along an axis: as few signs as tell two ticks apart. */
  readonly tick: (value: number) => string;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const loss = (value: number) =>
  value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(2) : value.toFixed(4);
const share = (value: number) => `${(100 * value).toFixed(2)} %`;

function scaled(value: number, units: readonly (readonly [number, string])[], last: string): string {
  for (const [size, unit] of units)
    if (value >= size * 0.9995) return `${(value / size).toPrecision(3)} ${unit}`;
  return `${Math.round(value)}${last}`;
}

function time(seconds: number): string {
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 60) return `${Number(seconds.toPrecision(3))} s`;
  return scaled(
    seconds,
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'min'],
    ],
    ' s',
  );
}

const count = (value: number) =>
  scaled(
    value,
    [
      [1e12, 'T'],
      [1e9, 'G'],
      [1e6, 'M'],
      [1e3, 'k'],
    ],
    '',
  );

const told: Readonly<Record<FigureKey, Omit<FigureKind, 'tick'>>> = {
  testAccuracy: {
    title: 'Test accuracy',
    help: 'On the test pictures, at the end.',
    better: 'more',
    show: share,
  },
  testLoss: { title: 'Test loss', help: 'On the test pictures, at the end.', better: 'less', show: loss },
  validationAccuracy: {
    title: 'Held-out accuracy',
    help: 'The last on pictures held out of training.',
    better: 'more',
    show: share,
  },
  validationLoss: {
    title: 'Held-out loss',
    help: 'The last on pictures held out of training.',
    better: 'less',
    show: loss,
  },
  trainLoss: { title: 'Training loss', help: 'At the end of training.', better: 'less', show: loss },
  params: { title: 'Parameters', help: 'Numbers that training changes.', better: 'less', show: count },
  macs: { title: 'MACs', help: 'Multiply-adds for one picture.', better: 'less', show: count },
  seconds: { title: 'Time', help: 'Of all steps, without judging and pauses.', better: 'less', show: time },
  stepsPerSecond: {
    title: 'Steps a second',
    help: 'By the median step.',
    better: 'more',
    show: (value) => `${Number(value.toPrecision(3))}`,
  },
  memoryBytes: {
    title: 'Memory',
    help: 'The most that training took, or what it is estimated to take.',
    better: 'less',
    show: (value) =>
      scaled(
        value,
        [
          [1e9, 'GB'],
          [1e6, 'MB'],
          [1e3, 'kB'],
        ],
        ' B',
      ),
  },
  steps: { title: 'Steps', help: 'Steps trained.', better: null, show: (value) => whole.format(value) },
};

const shareTick = (value: number) => `${Number((100 * value).toPrecision(4))} %`;
const lossTick = (value: number) => `${Number(value.toPrecision(3))}`;
/** '10 M', not '10.0 M' */
const short = (text: string) => text.replace(/(\.\d*?)0+(?= |$)/, '$1').replace(/\.(?= |$)/, '');

export const figureKinds = Object.fromEntries(
  Object.entries(told).map(([key, kind]) => {
    const tick =
      kind.show === share ? shareTick : kind.show === loss ? lossTick : (v: number) => short(kind.show(v));
    return [key, { ...kind, tick }];
  }),
) as Readonly<Record<FigureKey, FigureKind>>;

/** '–' where it is not known. */
export const showFigure = (key: FigureKey, value: number | null) =>
  value === null ? '–' : figureKinds[key].show(value);

/** Which of the values are the best there is; none where there is only one value, or all are equal. */
export function bestOf(values: readonly (number | null)[], better: FigureKind['better']): boolean[] {
  const known = values.filter((v) => v !== null);
  if (better === null || known.length < 2 || new Set(known).size < 2) return values.map(() => false);
  const best = better === 'more' ? Math.max(...known) : Math.min(...known);
  return values.map((v) => v === best);
}
