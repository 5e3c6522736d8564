import { useTicked } from '../compare/selection.ts';
import { openCompare, useCompare } from '../compare/store.ts';
import { useApp } from '../state/app.ts';
import { useRuns } from '../training/runs.ts';
import type { Command } from './command.ts';

/** Those that are ticked, else those that were compared last, else the one that is looked at. */
function chosenRuns(): readonly string[] {
  const { runs } = useTicked.getState();
  if (runs.length > 0) return runs;
  const before = useCompare.getState().runs;
  if (before.length > 0) return before;
  const { selected } = useRuns.getState();
  return selected === null ? [] : [selected];
}

export const compareCommands: readonly Command[] = [
  {
    id: 'compare.runs',
    title: 'Compare runs',
    category: 'Train',
    words: 'curves table results difference side by side',
    run: () => openCompare(chosenRuns()),
  },
  {
    id: 'compare.drawings',
    title: 'Compare drawings',
    category: 'Train',
    words: 'difference diff changes side by side',
    run: () => {
      useCompare.setState({ tab: 'drawings' });
      useApp.setState({ view: 'compare' });
    },
  },
  {
    id: 'compare.tradeoff',
    title: 'Trade-off of runs and drawings',
    category: 'Train',
    words: 'pareto front scatter accuracy parameters macs time memory compare',
    run: () => {
      useCompare.setState({ tab: 'tradeoff' });
      useApp.setState({ view: 'compare' });
    },
  },
];
