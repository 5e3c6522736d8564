/** Figures as people read them. */

const whole = new Intl.NumberFormat('en-US');

/** 11,689,512 */
export const exact = (value: number) => whole.format(value);

/** 11.7 M, 2.3 G, 864 */
export function short(value: number): string {
  for (const [size, unit] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (Math.abs(value) >= size * 0.9995) return `${(value / size).toPrecision(3)} ${unit}`;
  return `${value}`;
}

/** 1.25 GB: powers of ten, as disks and this application's messages count. */
export function bytes(value: number): string {
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const)
    if (value >= size * 0.9995) return `${(value / size).toPrecision(3)} ${unit}`;
  return `${Math.round(value)} B`;
}

/** 45 s, 3 min 20 s, 7 h 30 min */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min${s % 60 ? ` ${s % 60} s` : ''}`;
  const minutes = Math.round(s / 60);
  if (minutes < 60 * 24) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  const hours = Math.round(s / 3600);
  return `${Math.floor(hours / 24)} d${hours % 24 ? ` ${hours % 24} h` : ''}`;
}

/** 85.4 % */
export const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** 24×24×64 */
export const shape = (extents: readonly number[] | null | undefined) => (extents ? extents.join('×') : '?');

/** Words as the beginning of a sentence. */
export const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
