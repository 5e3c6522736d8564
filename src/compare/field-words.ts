/** Fields and their values as people read them. */
import type { FieldChange } from './fields.ts';

/** Where the key's own words would not be understood. */
const titles: Readonly<Record<string, string>> = {
  data: 'Data set',
  size: 'Picture size',
  limit: 'Pictures at most',
  optimizer: 'Optimiser',
  validation: 'Held out',
  validateEvery: 'Look at the held-out every',
  clipNorm: 'Clip gradients to',
  warmup: 'Warm-up steps',
  standardise: 'Standardise pictures',
  os: 'System',
  node: 'Node.js',
};

/** 'learningRate' → 'Learning rate', 'pictures.mean' → 'Pictures: mean' */
export function fieldTitle(key: string): string {
  const known = Object.hasOwn(titles, key) ? titles[key] : undefined;
  if (known !== undefined) return known;
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`)
    .replaceAll('.', ': ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Short enough for a cell; '–' for what is not there. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number')
    return Number.isFinite(value) ? `${Number(value.toPrecision(6))}` : String(value);
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (Array.isArray(value)) {
    const [first] = value;
    const same = value.length === 2 && typeof first === 'number' && value.every((v) => v === first);
    return same
      ? String(first)
      : value.map((v) => (Array.isArray(v) ? `(${v.join(', ')})` : String(v))).join(', ');
  }
  return JSON.stringify(value);
}

/** 'filters 64 → 128'; of a node's parameter, by its own name. */
export const showChange = ({ key, before, after }: FieldChange) =>
  `${key} ${showValue(before)} → ${showValue(after)}`;
