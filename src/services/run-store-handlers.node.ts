/** Calls on what a run's folder holds beside its record: curves, checkpoints, the person's words, its size. */
import { join } from 'node:path';
import { curvesOf } from '../runs/curves.ts';
import { editLabels, openRun, runFolder, runsUsage } from '../runs/store.node.ts';
import type { Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';

type Calls = 'runs.curves' | 'runs.checkpoints' | 'runs.edit' | 'runs.usage';

export function createRunStoreHandlers({
  runsHome,
  broadcast,
}: Pick<ServiceOptions, 'runsHome' | 'broadcast'>): Pick<Handlers, Calls> {
  return {
    'runs.curves': async ({ run, series, points, from, to }) => {
      const columns = await openRun(runsHome, run).metricColumns();
      const { steps } = columns.tables.step;
      return {
        curves: curvesOf(columns, series, { points, from, to }),
        lines: columns.lines,
        lastStep: steps.at(-1) ?? null,
      };
    },
    'runs.checkpoints': async ({ run }) =>
      (await openRun(runsHome, run).checkpoints()).map(({ name, bytes, meta, damaged }) => ({
        ...{ name, bytes, damaged },
        step: meta?.step ?? null,
        epoch: meta?.epoch ?? null,
        score: meta?.score ?? null,
        savedAt: meta?.savedAt ?? null,
      })),
    'runs.edit': async ({ run, ...change }) => {
      const labels = await editLabels(runFolder(runsHome, run), change);
      broadcast('runs.changed', {});
      return labels;
    },
    'runs.usage': async () => ({ ...(await runsUsage(runsHome)), trash: join(runsHome, '.trash') }),
  };
}
