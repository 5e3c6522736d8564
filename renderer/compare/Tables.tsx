import { ClipboardCopy, Download } from 'lucide-react';
import { useMemo } from 'react';
import { type RunTable, runTable } from '../../src/compare/run-table.ts';
import { tableCsv, tableMarkdown } from '../../src/compare/table-text.ts';
import { download } from '../files/actions.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copy.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import { ResultTable } from './ResultTable.tsx';
import { comparedOf, useCompare } from './store.ts';

/** What the runs came to, and in what they differ. */
export function Tables() {
  const { runs, loaded } = useCompare();
  const { ids, table } = useMemo((): { ids: readonly string[]; table: RunTable } => {
    const known = runs.flatMap((run) => loaded[run] ?? []);
    return { ids: known.map((r) => r.record.id), table: runTable(known.map(comparedOf)) };
  }, [runs, loaded]);
  if (ids.length === 0) return <div className="empty">Add runs to see what they came to.</div>;
  return (
    <section className="compare-body" aria-label="Tables">
      <div className="compare-controls">
        <h3>Results</h3>
        <span className="compare-end">
          <Button small onClick={() => void copyText(tableMarkdown(table), 'The table')}>
            <ClipboardCopy size={13} aria-hidden /> Copy as Markdown
          </Button>
          <Button small onClick={() => download('runs.csv', tableCsv(table, ids), 'text/csv')}>
            <Download size={13} aria-hidden /> Save as CSV
          </Button>
        </span>
      </div>
      <ResultTable ids={ids} table={table} />
      <h3>What differs</h3>
      <DifferenceTable ids={ids} table={table} />
    </section>
  );
}
