import { History } from 'lucide-react';
import { useEffect } from 'react';
import { useApp } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';
import { RunDetail } from './RunDetail.tsx';
import { RunTable } from './RunTable.tsx';
import { idOf, loadRuns, openSelected, useRuns } from './runs.ts';
import { activeOf, useTraining } from './store.ts';

/** The state and the curves of a run that is being trained come again while it is looked at. */
const REFRESH_MS = 2000;

function useLiveSelection(): void {
  const isLive = useRuns((s) => s.list?.some((i) => idOf(i) === s.selected && 'active' in i && i.active));
  const trained = useTraining((s) => activeOf(s)?.run);
  useEffect(() => {
    if (!isLive || !trained) return;
    const timer = setInterval(() => void openSelected(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isLive, trained]);
}

/** Past runs. */
export function RunsView() {
  const list = useRuns((s) => s.list);
  useEffect(() => {
    void loadRuns().then(() => {
      const { list: all, selected } = useRuns.getState();
      const newest = all?.[0];
      if (newest && !all.some((i) => idOf(i) === selected)) useRuns.setState({ selected: idOf(newest) });
      else void openSelected();
    });
  }, []);
  useLiveSelection();
  if (list === null)
    return (
      <div className="empty" role="status">
        Looking for runs…
      </div>
    );
  if (list.length === 0) return <NoRuns />;
  return (
    <div className="runs">
      <h1 className="visually-hidden">Runs</h1>
      <section className="runs-list" aria-label="All runs">
        <RunTable list={list} />
      </section>
      <section className="runs-detail" aria-label="The chosen run">
        <RunDetail />
      </section>
    </div>
  );
}

function NoRuns() {
  return (
    <div className="empty">
      <History size={28} aria-hidden />
      <h2>No runs yet</h2>
      <p>Every training is kept here with its drawing, curves and weights.</p>
      <Button kind="primary" onClick={() => useApp.setState({ view: 'train' })}>
        Train the drawing
      </Button>
    </div>
  );
}
