import { FolderOpen, Plus, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { EXPERIMENT_EXTENSION } from '../../src/experiments/experiment.ts';
import type { ExperimentListItem } from '../../src/services/contract.ts';
import { loadDatasets, useCatalogue } from '../training/catalogue.ts';
import { Button } from '../ui/Button.tsx';
import { openFile } from './actions.ts';
import { ExperimentDetail } from './ExperimentDetail.tsx';
import { KindGallery } from './KindGallery.tsx';
import { Setup } from './Setup.tsx';
import { loadExperiments, openShown, show, useExperiments } from './store.ts';
import { stateKind, stateWords } from './words.ts';

/** Experiments: kinds to begin with, those that were run, one of them. */
export function ExperimentsView() {
  const shown = useExperiments((s) => s.shown);
  useEffect(() => {
    void loadExperiments();
    void openShown();
    if (!useCatalogue.getState().datasets) void loadDatasets();
  }, []);
  return (
    <div className="experiments">
      <h1 className="visually-hidden">Experiments</h1>
      <Side />
      <section className="experiments-main" aria-label="Experiment">
        {shown.kind === 'gallery' && <KindGallery />}
        {shown.kind === 'setup' && <Setup experiment={shown.experiment} />}
        {shown.kind === 'stored' && <ExperimentDetail id={shown.id} />}
      </section>
    </div>
  );
}

function Side() {
  const { list, shown } = useExperiments();
  const file = useRef<HTMLInputElement>(null);
  return (
    <nav className="experiments-side" aria-label="All experiments">
      <div className="experiments-side-head">
        <Button
          kind={shown.kind === 'gallery' ? 'plain' : 'primary'}
          aria-pressed={shown.kind === 'gallery'}
          onClick={() => show({ kind: 'gallery' })}
        >
          <Plus size={14} /> New experiment
        </Button>
        <Button onClick={() => file.current?.click()}>
          <FolderOpen size={14} /> Open a file…
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept={`.${EXPERIMENT_EXTENSION}`}
          data-testid="experiment-file"
          onChange={(e) => {
            const [given] = e.target.files ?? [];
            if (given) void openFile(given);
            e.target.value = '';
          }}
        />
      </div>
      {list?.length === 0 && <p className="muted experiments-none">What you run is kept here.</p>}
      <ul className="experiments-list" data-testid="experiment-list">
        {list?.map((item) => (
          <li key={item.id}>
            <Entry item={item} isShown={shown.kind === 'stored' && shown.id === item.id} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function Entry({ item, isShown }: { readonly item: ExperimentListItem; readonly isShown: boolean }) {
  if ('damaged' in item)
    return (
      <div className="experiments-damaged text-selectable">
        <TriangleAlert size={12} aria-hidden /> {item.id}: {item.damaged}
      </div>
    );
  return <Stored item={item} isShown={isShown} />;
}

type StoredItem = Exclude<ExperimentListItem, { readonly damaged: string }>;

function Stored({ item, isShown }: { readonly item: StoredItem; readonly isShown: boolean }) {
  const { id, title, state, total, createdAt } = item;
  const running = useExperiments((s) => (s.active?.id === id ? s.active.done : undefined));
  const done = running ?? item.done;
  return (
    <button
      type="button"
      className="experiments-entry"
      aria-current={isShown}
      onClick={() => show({ kind: 'stored', id })}
    >
      <span className="experiments-entry-title">{title}</span>
      <span className={`badge ${stateKind[state]}`}>{stateWords[state]}</span>
      <span className="muted">
        {when.format(new Date(createdAt))} · {done} of {total} done
      </span>
    </button>
  );
}
