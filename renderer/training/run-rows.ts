/** Past runs as rows: found, sorted. */
import type { RunListItem } from '../../src/services/contract.ts';

const runColumns = [
  'title',
  'when',
  'state',
  'data',
  'size',
  'optimizer',
  'engine',
  'steps',
  'loss',
  'accuracy',
] as const;
export type RunColumn = (typeof runColumns)[number];

export interface RunRow {
  readonly id: string;
  readonly damaged: string | null;
  readonly active: boolean;
  readonly tags: readonly string[];
  readonly note: string;
  readonly cells: Readonly<Record<RunColumn, string | number | null>>;
}

const figure = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const word = (value: unknown) => (typeof value === 'string' ? value : null);

export function rowOf(item: RunListItem): RunRow {
  if ('damaged' in item) {
    const nothing = Object.fromEntries(runColumns.map((c) => [c, null])) as RunRow['cells'];
    return {
      ...{ id: item.id, damaged: item.damaged, active: false, tags: [], note: '' },
      cells: { ...nothing, title: item.id },
    };
  }
  const { title, createdAt, state, recipe, summary, environment, id } = item.record;
  return {
    ...{ id, damaged: null, active: item.active, tags: item.tags ?? [], note: item.note ?? '' },
    cells: {
      ...{ title, when: createdAt, state, data: word(recipe.data), size: figure(recipe.size) },
      ...{
        optimizer: word(recipe.optimizer),
        engine: word(environment.engine),
        steps: figure(summary.steps),
      },
      ...{ loss: figure(summary.trainLoss), accuracy: figure(summary.testAccuracy) },
    },
  };
}

export interface RunFilter {
  /** Empty: any. */
  readonly state: string;
  readonly tag: string;
}
export const anyRun: RunFilter = { state: '', tag: '' };

/** Tags of any run, in their order. */
export const tagsOf = (list: readonly RunListItem[]): string[] =>
  [...new Set(list.flatMap((item) => ('record' in item ? (item.tags ?? []) : [])))].sort((a, b) =>
    a.localeCompare(b),
  );

/** Rows with all words of the query in them, sorted; what has no value comes last either way. */
export function runRows(
  list: readonly RunListItem[],
  query: string,
  by: RunColumn,
  falling: boolean,
  { state, tag }: RunFilter = anyRun,
): RunRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list
    .map(rowOf)
    .filter(({ cells, id, damaged, tags, note }) => {
      if ((state && cells.state !== state) || (tag && !tags.includes(tag))) return false;
      const text = [...Object.values(cells), id, damaged, ...tags, note].join(' ').toLowerCase();
      return words.every((w) => text.includes(w));
    })
    .sort((a, b) => compare(a.cells[by], b.cells[by], falling) || (a.id < b.id ? 1 : -1));
}

function compare(a: string | number | null, b: string | number | null, falling: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return falling ? -order : order;
}
