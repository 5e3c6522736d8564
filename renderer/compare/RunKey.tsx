import { colourOf } from './colours.ts';
import { useCompare } from './store.ts';

/** The line by which a run is known in charts. */
export function RunKey({ run }: { readonly run: string }) {
  const index = useCompare((s) => s.colours[run]);
  if (index === undefined) return null;
  const { property, dash } = colourOf(index);
  return (
    <svg className="run-key" viewBox="0 0 22 8" aria-hidden="true">
      <line x1="1" y1="4" x2="21" y2="4" stroke={`var(${property})`} strokeDasharray={dash.join(' ')} />
    </svg>
  );
}
