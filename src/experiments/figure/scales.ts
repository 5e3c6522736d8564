/** From values to pixels, and the values worth a mark. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** 0 at `from`, 1 at `to`. */
  share(value: number): number;
}

/** 1, 2 or 5 times a power of ten, so that about `count` of them fit. */
function niceStep(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5, 10].find((n) => n * power >= rough * 0.999) ?? 10;
  return times * power;
}

export function linear(least: number, most: number, count = 5): Scale {
  const span = most > least ? most - least : Math.max(1, Math.abs(most));
  const step = niceStep(span, count);
  const from = Math.floor(least / step + 1e-9) * step;
  const to = Math.ceil((least + span) / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { kind: 'linear', from, to, ticks, share: (value) => (value - from) / (to - from) };
}

/** Of values above 0. */
export function log(least: number, most: number): Scale {
  const [low, high] = [Math.log10(least), Math.log10(Math.max(most, least * 1.01))];
  const powers = Array.from(
    { length: Math.floor(high) - Math.floor(low) + 1 },
    (_, i) => 10 ** (Math.floor(low) + i),
  );
  const steps = high - low > 3 ? [1] : high - low > 1.5 ? [1, 3] : [1, 2, 5];
  const ticks = powers
    .flatMap((power) => steps.map((n) => n * power))
    .filter((tick) => tick >= least * 0.999 && tick <= most * 1.001);
  return {
    ...{ kind: 'log', from: least, to: most, ticks },
    share: (value) => (Math.log10(Math.max(value, Number.MIN_VALUE)) - low) / (high - low),
  };
}

export function numeral(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(0).replace('e+', 'e').replace('-', '−');
  return `${Number(value.toPrecision(3))}`.replace('-', '−');
}
