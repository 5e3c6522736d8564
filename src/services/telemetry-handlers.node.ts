/** Calls on what a network shows of its inside. */
import { openRun, telemetryPage } from '../runs/store.node.ts';
import type { ActiveTraining } from './active-run.node.ts';
import type { Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';

/** `activeOf`: the training of a run, where it is being trained here. */
export function createTelemetryHandlers(
  { runsHome }: Pick<ServiceOptions, 'runsHome'>,
  activeOf: (run: string) => ActiveTraining | undefined,
): Pick<Handlers, 'runs.telemetry'> {
  return {
    'runs.telemetry': async ({ run, from }) => {
      const page = await telemetryPage(openRun(runsHome, run).folder, from);
      if (page.next !== null) return page;
      return { looks: activeOf(run)?.looksAfter(page.looks.at(-1)?.step ?? -1) ?? [], next: null };
    },
  };
}
