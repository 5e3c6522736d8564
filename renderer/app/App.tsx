import { CompareView } from '../compare/CompareView.tsx';
import { ExperimentsView } from '../experiments/ExperimentsView.tsx';
import { Tour } from '../gallery/Tour.tsx';
import { useApp } from '../state/app.ts';
import { RunsView } from '../training/RunsView.tsx';
import { TrainView } from '../training/TrainView.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { Connection } from './Connection.tsx';
import { DesignView } from './DesignView.tsx';
import { Header } from './Header.tsx';
import { Overlays } from './Overlays.tsx';

export function App() {
  const view = useApp((s) => s.view);
  return (
    <div className="app">
      <Header />
      <Connection />
      <main className="app-main">
        {view === 'design' && <DesignView />}
        {view === 'train' && <TrainView />}
        {view === 'runs' && <RunsView />}
        {view === 'compare' && <CompareView />}
        {view === 'experiments' && <ExperimentsView />}
      </main>
      <Overlays />
      <Tour />
      <Toasts />
    </div>
  );
}
