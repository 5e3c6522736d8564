import { Copy, Download } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { type Summary, type SummaryFormat, summaryOf, summaryText } from '../../src/lower/index.ts';
import { titleOf } from '../canvas/catalogue.ts';
import { canvas } from '../canvas/handle.ts';
import { download, fileNameOf } from '../files/actions.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { exact, percent, shape } from '../ui/format.ts';
import { copyText } from './bottom-copy.ts';

const formats: readonly { id: SummaryFormat; title: string }[] = [
  { id: 'text', title: 'Text' },
  { id: 'csv', title: 'CSV' },
  { id: 'markdown', title: 'Markdown' },
];

/** What each part costs, as a table that other programs take. */
export function SummaryTab() {
  const document = useDeferredValue(useEditor((s) => s.shown.document));
  const summary = useMemo(() => summaryOf(document), [document]);
  const ids = useMemo(() => new Map(document.nodes.map((n) => [n.name, n.id])), [document]);
  if (summary.parts.length === 0) return <div className="empty">Nothing is drawn yet.</div>;
  return (
    <>
      <Tools summary={summary} title={document.title} />
      <div className="summary-scroll">
        <table className="table summary">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col" className="number">
                Output
              </th>
              <th scope="col" className="number" colSpan={2}>
                Parameters
              </th>
              <th scope="col" className="number" colSpan={2}>
                MACs
              </th>
            </tr>
          </thead>
          <tbody>
            {summary.parts.map((part) => {
              return (
                <tr
                  key={part.name}
                  data-unused={!part.used || undefined}
                  onClick={() => canvas.reveal(ids.get(part.name) ?? '')}
                >
                  <th scope="row">
                    <button type="button" className="summary-name">
                      {part.name}
                    </button>
                  </th>
                  <td>
                    {titleOf(part.type, document.blocks)}
                    {!part.used && <span className="muted"> · leads nowhere, not counted</span>}
                  </td>
                  <td className="number">{shape(part.shape)}</td>
                  <Share value={part.params} of={part.used ? summary.params : 0} />
                  <Share value={part.macs} of={part.used ? summary.macs : 0} />
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                Total <span className="muted">and {exact(summary.stats)} running statistics</span>
              </th>
              <td className="number">{exact(summary.params)}</td>
              <td />
              <td className="number">{exact(summary.macs)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
        {summary.groupedSavings.length > 0 && <Savings summary={summary} />}
      </div>
    </>
  );
}

function Share({ value, of }: { readonly value: number; readonly of: number }) {
  const share = of > 0 ? value / of : 0;
  return (
    <>
      <td className="number">{exact(value)}</td>
      <td className="summary-share">
        <div className="summary-bar" role="img" aria-label={percent(share)} title={percent(share)}>
          <div style={{ width: `${100 * share}%` }} />
        </div>
      </td>
    </>
  );
}

function Savings({ summary: { groupedSavings } }: { readonly summary: Summary }) {
  const sum = (of: (s: Summary['groupedSavings'][number]) => number) =>
    groupedSavings.reduce((total, s) => total + of(s), 0);
  const params = sum((s) => s.denseParams - s.params);
  const macs = sum((s) => s.denseMacs - s.macs);
  return (
    <p className="summary-savings muted">
      Groups save {exact(params)} parameters and {exact(macs)} MACs against the same layers without groups.
    </p>
  );
}

function Tools({ summary, title }: { readonly summary: Summary; readonly title: string }) {
  return (
    <div className="bottom-tools">
      <span className="muted">Copy as</span>
      {formats.map((format) => (
        <Button
          key={format.id}
          small
          aria-label={`Copy as ${format.title}`}
          onClick={() => void copyText(summaryText(summary, format.id), `The summary, as ${format.title},`)}
        >
          <Copy size={13} aria-hidden="true" /> {format.title}
        </Button>
      ))}
      <Button
        small
        onClick={() => download(`${fileNameOf(title)}.csv`, summaryText(summary, 'csv'), 'text/csv')}
      >
        <Download size={13} aria-hidden="true" /> Download CSV
      </Button>
    </div>
  );
}
