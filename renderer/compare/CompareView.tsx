import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { useApp } from '../state/app.ts';
import { loadRuns, useRuns } from '../training/runs.ts';
import { Button } from '../ui/Button.tsx';
import { ComparedRuns } from './ComparedRuns.tsx';
import { Curves } from './Curves.tsx';
import { Drawings } from './Drawings.tsx';
import { type CompareTab, refreshCompared, useCompare } from './store.ts';
import { Tables } from './Tables.tsx';
import { TradeOff } from './TradeOff.tsx';

const tabs: readonly { id: CompareTab; title: string }[] = [
  { id: 'curves', title: 'Curves' },
  { id: 'table', title: 'Tables' },
  { id: 'drawings', title: 'Drawings' },
  { id: 'tradeoff', title: 'Trade-off' },
];

/** Curves of runs that are being trained grow while they are compared. */
const REFRESH_MS = 2000;

/** Whether one of the compared runs is being trained. */
function useLive(): boolean {
  const runs = useCompare((s) => s.runs);
  const list = useRuns((s) => s.list);
  return (list ?? []).some((item) => 'active' in item && item.active && runs.includes(item.record.id));
}

/** Runs and drawings side by side. */
export function CompareView() {
  const tab = useCompare((s) => s.tab);
  const isLive = useLive();
  useEffect(() => {
    void loadRuns();
    void refreshCompared();
    if (!isLive) return;
    const timer = setInterval(() => void refreshCompared(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isLive]);
  return (
    <div className="compare" data-testid="compare">
      <div className="compare-head">
        <Button kind="quiet" onClick={() => useApp.setState({ view: 'runs' })}>
          <ArrowLeft size={14} aria-hidden /> All runs
        </Button>
        <h2>Compare</h2>
        <div className="segmented" role="tablist" aria-label="What is compared">
          {tabs.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={tab === id}
              onClick={() => useCompare.setState({ tab: id })}
            >
              {title}
            </button>
          ))}
        </div>
      </div>
      {tab !== 'drawings' && tab !== 'tradeoff' && <ComparedRuns />}
      {tab === 'curves' && <Curves />}
      {tab === 'table' && <Tables />}
      {tab === 'drawings' && <Drawings />}
      {tab === 'tradeoff' && <TradeOff />}
    </div>
  );
}
