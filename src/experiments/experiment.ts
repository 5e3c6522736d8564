/** An experiment: which networks are trained how, and from which seeds. What came of it is stored apart (`results.ts`). */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { flavourNames } from '../blocks/flavours.ts';
import { MAX_FILE_BYTES } from '../document/file.ts';
import { MAX_TITLE } from '../document/format.ts';
import { parseJson, refuseForbiddenKeys, showPath } from '../document/json.ts';

export const EXPERIMENT_VERSION = 1;
export const EXPERIMENT_EXTENSION = 'stemma-experiment';

export const experimentKinds = [
  'plain-vs-residual',
  'depth',
  'cardinality',
  'identity',
  'learning-rate-range',
  'custom',
] as const;
export type ExperimentKind = (typeof experimentKinds)[number];

const MAX_SEEDS = 100;
const MAX_VARIANTS = 200;

const id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9.-]*$/, 'expected small letters, digits, dots and dashes');
const value = z.union([
  z.number(),
  z.boolean(),
  z.string().max(1000),
  z.array(z.number()).max(100),
  z.array(z.array(z.number()).max(16)).max(100),
]);
const fields = z.record(z.string().max(100), z.union([z.number(), z.boolean(), z.string().max(1000)]));
const figure = z.number().min(0).max(1000);

const drawing = z.union([
  z.strictObject({
    template: z.string().max(100),
    flavour: z.enum(flavourNames),
    set: z.record(z.string().max(100), value).default({}),
  }),
  /** A whole `.stemma` document. */
  z.strictObject({ document: z.looseObject({ format: z.literal('stemma') }) }),
]);

const how = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('train') }),
  /** Not trained: weights of the same path come from `base`, trained from the same seed; those of `zero` are 0. */
  z.strictObject({
    kind: z.literal('insert'),
    base: id,
    zero: z.array(z.string().max(300)).max(100).default([]),
  }),
  /** Smith 2017: so many steps, each with a learning rate larger than the last, by one factor. */
  z.strictObject({
    kind: z.literal('range'),
    from: figure.gt(0),
    to: figure.gt(0),
    steps: z.int().min(10).max(5000),
  }),
]);

const variant = z.strictObject({
  id,
  label: z.string().min(1).max(100),
  /** What tells it from the others, as { depth: 20, shortcut: 'none' }. */
  facts: z.record(z.string().max(50), z.union([z.number(), z.string().max(100), z.boolean()])).default({}),
  drawing,
  /** Changes of the experiment's recipe. */
  recipe: fields.default({}),
  how: how.default({ kind: 'train' }),
});

const schema = z.strictObject({
  format: z.literal('stemma-experiment'),
  version: z.literal(EXPERIMENT_VERSION),
  kind: z.enum(experimentKinds),
  title: z.string().min(1).max(MAX_TITLE),
  note: z.string().max(10_000).default(''),
  /** What templates are built for: [height, width, channels]. */
  input: z.tuple([z.int().min(1).max(1024), z.int().min(1).max(1024), z.int().min(1).max(16)]),
  classes: z.int().min(1).max(100_000),
  recipe: fields,
  seeds: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    )
    .min(1)
    .max(MAX_SEEDS),
  variants: z.array(variant).min(1).max(MAX_VARIANTS),
});

export type ExperimentDocument = z.infer<typeof schema>;
export type ExperimentVariant = ExperimentDocument['variants'][number];
export type VariantDrawing = ExperimentVariant['drawing'];
export type RecipeChanges = ExperimentDocument['recipe'];

const structure = (file: string, at: string, what: string, cause?: unknown) =>
  new AppError('experiment/structure', `${file}: ${at || 'experiment'}: ${what}.`, {
    hint: 'Mend that place, or open an earlier copy.',
    ...(cause !== undefined && { cause }),
  });

function refuseVersion({ format, version }: Record<string, unknown>, file: string): void {
  if (format !== 'stemma-experiment')
    throw new AppError(
      'experiment/format',
      `${file} is no experiment: expected "format": "stemma-experiment", received ${JSON.stringify(format) ?? 'nothing'}.`,
      { hint: `Open a .${EXPERIMENT_EXTENSION} file that Stemma saved.` },
    );
  if (typeof version === 'number' && version > EXPERIMENT_VERSION)
    throw new AppError(
      'experiment/newer',
      `${file} was written by a newer Stemma (format ${version}; this one reads up to ${EXPERIMENT_VERSION}).`,
      { hint: 'Update Stemma to open it.' },
    );
}

/** What the schema cannot say: names that are used twice or lead nowhere. */
function check({ seeds, variants }: ExperimentDocument, file: string): void {
  const twice = <T>(all: readonly T[]) => all.find((one, i) => all.indexOf(one) !== i);
  const seed = twice(seeds);
  if (seed !== undefined) throw structure(file, 'seeds', `${seed} stands there twice`);
  const name = twice(variants.map((v) => v.id));
  if (name !== undefined) throw structure(file, 'variants', `'${name}' stands there twice`);
  for (const { id, how } of variants) {
    if (how.kind === 'range' && how.to <= how.from)
      throw structure(file, `variant '${id}'`, 'its last learning rate is not above its first');
    if (how.kind !== 'insert') continue;
    const at = variants.findIndex((v) => v.id === how.base);
    if (variants[at]?.how.kind !== 'train' || at > variants.findIndex((v) => v.id === id))
      throw structure(
        file,
        `variant '${id}'`,
        `expected a base that is trained before it, received '${how.base}'`,
      );
  }
}

/**
 * `file` is what messages call it.
 * @throws AppError with the exact place: JSON, version, structure, names
 */
export function readExperiment(text: string, file: string): ExperimentDocument {
  if (text.length > MAX_FILE_BYTES)
    throw new AppError('experiment/too-large', `${file} has ${(text.length / 2 ** 20).toFixed(0)} MB.`, {
      hint: `An experiment has at most ${MAX_FILE_BYTES / 2 ** 20} MB; this is some other file.`,
    });
  const raw = parseJson(text.replace(/^\ufeff/, ''), file);
  if (typeof raw !== 'object' || raw === null) throw structure(file, '', 'expected an object at its top');
  refuseForbiddenKeys(raw, [], file);
  refuseVersion(raw as Record<string, unknown>, file);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw structure(file, showPath(issue?.path ?? []), issue?.message ?? 'does not fit', parsed.error);
  }
  check(parsed.data, file);
  return parsed.data;
}

const list = (items: readonly unknown[]) =>
  `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;

/** One variant a line. `writeExperiment(readExperiment(text))` equals `text`. */
export function writeExperiment({ variants, ...rest }: ExperimentDocument): string {
  const { format, version, kind, title, note, input, classes, recipe, seeds } = rest;
  const head = { format, version, kind, title, note, input, classes, recipe, seeds };
  const lines = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const ordered = variants.map(({ id, label, facts, drawing, recipe, how }) => ({
    ...{ id, label, facts, drawing, recipe, how },
  }));
  return `{\n${lines.join(',\n')},\n  "variants": ${list(ordered)}\n}\n`;
}
