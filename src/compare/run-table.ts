/** Several runs side by side: what each came to, and only that in which they differ. */
import type { StemmaDocument } from '../document/model.ts';
import { recipeSchema } from '../recipe/recipe.ts';
import type { RunRecord } from '../runs/record.ts';
import { changesWords, drawingChanges } from './changes.ts';
import { documentDifference } from './document-difference.ts';
import { fieldTitle, showValue } from './field-words.ts';
import { type Fields, flatFields, meaningOf, sameValue } from './fields.ts';
import { bestOf, type FigureKey, type Figures, figureKeys, figureKinds, showFigure } from './figures.ts';

export interface ComparedRun {
  readonly record: Pick<RunRecord, 'id' | 'title' | 'recipe' | 'environment' | 'createdAt'>;
  /** Null: it cannot be read. */
  readonly document: StemmaDocument | null;
  readonly figures: Figures;
}

/** One value a run, in the order of the runs. */
export interface ComparedRow {
  readonly key: string;
  readonly title: string;
  readonly values: readonly unknown[];
  readonly texts: readonly string[];
  readonly best: readonly boolean[];
}

export interface RunTable {
  /** Unique: of runs with one title, with what sets them apart. */
  readonly names: readonly string[];
  readonly results: readonly ComparedRow[];
  readonly recipe: readonly ComparedRow[];
  /** Parameters of nodes that are in all the drawings, then how many changes each drawing is away from the first. */
  readonly drawing: readonly ComparedRow[];
  readonly environment: readonly ComparedRow[];
}

export const runTableGroups = ['results', 'recipe', 'drawing', 'environment'] as const;

function row(key: string, title: string, values: readonly unknown[]): ComparedRow {
  return { key, title, values, texts: values.map(showValue), best: values.map(() => false) };
}

function resultRow(key: FigureKey, runs: readonly ComparedRun[]): ComparedRow[] {
  const values = runs.map((r) => r.figures[key]);
  if (values.every((v) => v === null)) return [];
  const { title, better } = figureKinds[key];
  const texts = values.map((v) => showFigure(key, v));
  return [{ key, title, values, texts, best: bestOf(values, better) }];
}

const differs = ({ values: [first, ...others] }: ComparedRow) => others.some((v) => !sameValue(v, first));

/** What is no difference in how runs were made: reasons in words, and what the drawing and the recipe say already. */
const told = ['why', 'classes', 'run'];

function fieldRows(all: readonly Fields[], schema?: typeof recipeSchema): ComparedRow[] {
  const keys = new Set(all.flatMap((fields) => Object.keys(fields)));
  return [...keys]
    .map((key) =>
      row(
        key,
        fieldTitle(key),
        all.map((fields) => meaningOf(fields, key, schema)),
      ),
    )
    .filter(differs);
}

function drawingRows(runs: readonly ComparedRun[]): ComparedRow[] {
  const [first, ...others] = runs.map((r) => r.document);
  if (!first) return [];
  const differences = others.map((d) => d && { document: d, difference: documentDifference(first, d) });
  const counts = differences.map((d) => d && drawingChanges(d.difference, first, d.document).length);
  if (counts.every((n) => n === 0)) return [];
  const rows = new Map<string, ComparedRow>();
  for (const found of differences)
    for (const { before, params } of found?.difference.changed ?? [])
      for (const { key, before: value } of params) {
        const id = `${before.id}\n${key}`;
        if (rows.has(id)) continue;
        const values = differences.map((d) => {
          const now = d?.difference.matches.get(before.id);
          if (!d || now === undefined) return undefined;
          const changed = d.difference.changed.find((c) => c.before.id === before.id);
          const param = changed?.params.find((p) => p.key === key);
          return param ? param.after : value;
        });
        rows.set(id, row(`${before.name} ${key}`, `${before.name}: ${key}`, [value, ...values]));
      }
  const away = [
    'the first',
    ...counts.map((n) => (n === null ? undefined : n === 0 ? 'the same' : changesWords(n))),
  ];
  return [row('changes', 'Changes from the first', away), ...rows.values()];
}

/** What runs are called; of those with one title, with the end of the id, which sets them apart. */
export function runNames(runs: readonly Pick<RunRecord, 'id' | 'title'>[]): string[] {
  return runs.map(({ title, id }) => {
    const alone = runs.filter((r) => r.title === title).length === 1;
    return alone ? title : `${title} (${id.slice(-4)})`;
  });
}

/** Recipe, drawing and environment hold only what differs. */
export function runTable(runs: readonly ComparedRun[]): RunTable {
  return {
    names: runNames(runs.map((r) => r.record)),
    results: figureKeys.flatMap((key) => resultRow(key, runs)),
    recipe: fieldRows(
      runs.map((r) => r.record.recipe),
      recipeSchema,
    ),
    drawing: drawingRows(runs),
    environment: fieldRows(
      runs.map((r) =>
        flatFields(
          Object.fromEntries(Object.entries(r.record.environment).filter(([k]) => !told.includes(k))),
        ),
      ),
    ),
  };
}
