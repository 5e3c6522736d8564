/** Calls on the runs of a folder. */
import { AppError } from '../base/errors.ts';
import { listExports, listRuns, openRun, removeRun } from '../runs/store.node.ts';
import type { ActiveTraining } from './active-run.node.ts';
import type { Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { readEvaluation, readExports, readSamples } from './notes.ts';

type Calls = `runs.${'list' | 'open' | 'metrics' | 'delete'}`;

const PAGE = 20_000;

/** `activeOf`: the training of a run, where it is being trained here. */
export function createRunsHandlers(
  { runsHome, broadcast, ui }: Pick<ServiceOptions, 'runsHome' | 'broadcast' | 'ui'>,
  activeOf: (run: string) => ActiveTraining | undefined,
): Pick<Handlers, Calls> {
  return {
    'runs.list': () =>
      listRuns(runsHome).map((item) =>
        'record' in item ? { ...item, active: activeOf(item.record.id) !== undefined } : item,
      ),
    'runs.open': async ({ run }) => {
      const reader = openRun(runsHome, run);
      return {
        record: reader.record,
        document: await reader.document(),
        hasWeights: reader.hasWeights,
        evaluation: readEvaluation(reader.note('evaluation')),
        samples: readSamples(reader.note('samples')),
        exports: readExports(listExports(reader.folder)),
        metricCount: Math.max((await reader.metricColumns()).lines, activeOf(run)?.lines ?? 0),
      };
    },
    'runs.metrics': async ({ run, from }) => {
      const page = await openRun(runsHome, run).metricsPage(from, PAGE);
      // The file of a run that is being trained lacks its last lines.
      return activeOf(run)?.complete(page, PAGE - (page.next - from)) ?? page;
    },
    'runs.delete': async ({ run }) => {
      if (activeOf(run))
        throw new AppError('runs/active', `Run ${run} is being trained.`, { hint: 'Stop it first.' });
      await removeRun(runsHome, run, ui?.trash ? { trash: ui.trash } : {});
      broadcast('runs.changed', {});
      return null;
    },
  };
}
