/** The command line's words → values. */
import { parseArgs } from 'node:util';
import { AppError } from '../../base/errors.ts';
import { flavourNames } from '../../blocks/flavours.ts';
import type { ParamValue } from '../../schema/params.ts';
import { defaultOptions, type TemplateOptions } from '../../templates/template.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export const optionSpec = {
  json: flag,
  version: flag,
  title: text,
  note: text,
  tag: { type: 'string', multiple: true },
  all: flag,
  help: { type: 'boolean', short: 'h' },
  output: { type: 'string', short: 'o' },
  force: flag,
  invert: flag,
  set: { type: 'string', multiple: true },
  flavour: text,
  input: text,
  classes: text,
  data: text,
  'data-dir': text,
  name: text,
  fit: text,
  columns: text,
  recipe: text,
  from: text,
  split: text,
  resume: text,
  size: text,
  batch: text,
  epochs: text,
  lr: text,
  optimizer: text,
  schedule: text,
  momentum: text,
  'weight-decay': text,
  'clip-norm': text,
  validation: text,
  'validate-every': text,
  warmup: text,
  limit: text,
  seed: text,
  flip: flag,
  crop: text,
  cutout: text,
  mixup: text,
  'label-smoothing': text,
  'class-weights': text,
  ema: text,
  'early-stop': text,
  'min-improvement': text,
  'keep-best': text,
  'checkpoint-every': text,
  'observe-every': text,
  seeds: text,
  depths: text,
  groups: text,
  engine: text,
  gpu: flag,
  wheel: text,
  out: text,
  runs: text,
  to: text,
} as const;

export type OptionName = keyof typeof optionSpec;
export type Options = { [K in keyof typeof optionSpec]?: string | boolean | string[] };

export function readArguments(argv: readonly string[]): { words: string[]; options: Options } {
  // '--lr -5' would be read as two options: a number belongs to what stands before it.
  const joined: string[] = [];
  for (const word of argv) {
    const before = joined.at(-1);
    if (before?.startsWith('--') && !before.includes('=') && /^-[\d.]/.test(word))
      joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  try {
    const { values, positionals } = parseArgs({
      args: joined,
      options: optionSpec,
      allowPositionals: true,
      strict: true,
    });
    return { words: positionals, options: values };
  } catch (cause) {
    throw new AppError(
      'cli/option',
      cause instanceof Error ? `${cause.message.split('. ')[0]?.replace(/\.$/, '')}.` : String(cause),
      {
        hint: "'stemma --help' lists all options.",
        cause,
      },
    );
  }
}

export function stringOption(options: Options, name: keyof Options): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOption(options: Options, name: keyof Options): number | undefined {
  const given = stringOption(options, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value))
    throw new AppError('cli/number', `--${name}: expected a number, received '${given}'.`);
  return value;
}

/** 'true', '3', '[1,2]' and bare words as what they look like. */
function parseValue(given: string): ParamValue {
  try {
    const value: unknown = JSON.parse(given.replaceAll('(', '[').replaceAll(')', ']'));
    if (value !== null && (typeof value !== 'object' || Array.isArray(value))) return value as ParamValue;
  } catch {
    // Not JSON: a plain word, as in --set block=bottleneck.
  }
  return given;
}

export function templateOptions(options: Options): TemplateOptions {
  const flavour = stringOption(options, 'flavour') ?? defaultOptions.flavour;
  if (!flavourNames.includes(flavour as never))
    throw new AppError(
      'cli/flavour',
      `--flavour: expected ${flavourNames.join(' or ')}, received '${flavour}'.`,
    );
  const input = stringOption(options, 'input')?.split(',').map(Number) ?? defaultOptions.input;
  if (input.length !== 3 || input.some((n) => !Number.isInteger(n) || n < 1 || n > 65536))
    throw new AppError(
      'cli/input',
      `--input: expected height,width,channels as 96,96,1, received '${stringOption(options, 'input')}'.`,
    );
  const classes = numberOption(options, 'classes') ?? defaultOptions.classes;
  if (!Number.isInteger(classes) || classes < 1 || classes > 1_000_000)
    throw new AppError('cli/classes', `--classes: expected a whole number from 1, received '${classes}'.`);
  const set: Record<string, ParamValue> = {};
  for (const pair of Array.isArray(options.set) ? options.set : []) {
    const at = pair.indexOf('=');
    if (at < 1) throw new AppError('cli/set', `--set: expected key=value, received '${pair}'.`);
    set[pair.slice(0, at)] = parseValue(pair.slice(at + 1));
  }
  return { flavour: flavour as TemplateOptions['flavour'], input, classes, set };
}
