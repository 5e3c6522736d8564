import { GitCompareArrows } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { toggleTicked, useTicked } from './selection.ts';
import { openCompare } from './store.ts';

/** Ticks a run of the list for the comparison. */
export function TickRun({ run, title }: { readonly run: string; readonly title: string }) {
  const ticked = useTicked((s) => s.runs.includes(run));
  return (
    <input
      type="checkbox"
      className="tick"
      aria-label={`Compare ${title}`}
      checked={ticked}
      onChange={() => toggleTicked(run)}
      onClick={(e) => e.stopPropagation()}
    />
  );
}

/** `known`: ids of the runs that can be compared. */
export function CompareTicked({ known }: { readonly known: readonly string[] }) {
  const ticked = useTicked((s) => s.runs);
  const runs = ticked.filter((run) => known.includes(run));
  return (
    <Button
      onClick={() => openCompare(runs)}
      disabled={runs.length === 0}
      title={runs.length === 0 ? 'Tick runs in the list to compare them' : undefined}
    >
      <GitCompareArrows size={14} aria-hidden /> {runs.length === 0 ? 'Compare' : `Compare ${runs.length}`}
    </Button>
  );
}

/** A run beside those that are ticked; others are added there. */
export function CompareWith({ run }: { readonly run: string }) {
  const ticked = useTicked((s) => s.runs);
  return (
    <Button onClick={() => openCompare([run, ...ticked.filter((r) => r !== run)])}>
      <GitCompareArrows size={14} aria-hidden /> Compare with…
    </Button>
  );
}
