import { useMemo } from 'react';
import { runNames } from '../../src/compare/run-table.ts';
import { useRuns } from '../training/runs.ts';
import { useCompare } from './store.ts';

/** What compared runs are called; of one title, with what sets them apart. */
export function useNames(): ReadonlyMap<string, string> {
  const { runs, loaded } = useCompare();
  const list = useRuns((s) => s.list);
  return useMemo(() => {
    const titles = new Map(
      (list ?? []).flatMap((item) =>
        'record' in item ? [[item.record.id, item.record.title] as const] : [],
      ),
    );
    const records = runs.map((id) => ({ id, title: loaded[id]?.record.title ?? titles.get(id) ?? id }));
    const names = runNames(records);
    return new Map(runs.map((run, i) => [run, names[i] as string]));
  }, [runs, loaded, list]);
}
