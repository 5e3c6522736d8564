import { Play, SlidersHorizontal } from 'lucide-react';
import { type Kind, kinds } from '../../src/experiments/kinds/index.ts';
import { datasetOf, useCatalogue } from '../training/catalogue.ts';
import { Button } from '../ui/Button.tsx';
import { useLater } from '../ui/later.ts';
import { run, startingPoint } from './actions.ts';
import { OwnCard } from './OwnCard.tsx';
import { paceNow, show, useExperiments } from './store.ts';
import { about, secondsOf } from './words.ts';

/** What can be asked, in plain words; one click runs it. */
export function KindGallery() {
  return (
    <div className="kinds">
      <h2>What would you like to find out?</h2>
      <p className="muted kinds-help">
        An experiment trains several networks beside each other, each from several seeds, and tells what is
        seen. It can be stopped at any time and goes on where it was.
      </p>
      <ul className="kinds-cards">
        {kinds.map((kind) => (
          <li key={kind.id}>
            <KindCard kind={kind} />
          </li>
        ))}
        <li>
          <OwnCard />
        </li>
      </ul>
    </div>
  );
}

function KindCard({ kind }: { readonly kind: Kind }) {
  const data = useCatalogue((s) => datasetOf(s.datasets, 'mnist'));
  const pace = useExperiments(paceNow);
  const busy = useExperiments((s) => s.starting || s.active !== null);
  const estimate = useLater(`${kind.id} ${data?.id} ${pace}`, () => {
    const experiment = data && startingPoint(kind, data);
    if (!experiment) return undefined;
    const { variants, seeds } = experiment;
    return {
      networks: `${variants.length === 1 ? 'One network' : `${variants.length} networks`} from ${seeds.length} seeds`,
      time: about(secondsOf(experiment, data.trainCount, pace)),
    };
  });
  return (
    <article className="card kind-card" aria-label={kind.title}>
      <h3>{kind.question}</h3>
      <p className="kind-title">
        {kind.title} ·{' '}
        <a href={kind.source} target="_blank" rel="noreferrer">
          {kind.source.replace('https://arxiv.org/abs/', 'arXiv ')}
        </a>
      </p>
      <p className="kind-help">{kind.help}</p>
      <p
        className="kind-cost"
        title={pace === undefined ? 'Roughly, from another machine' : 'As measured here'}
      >
        {estimate ? `${estimate.networks} · ${estimate.time}` : '…'}
      </p>
      <div className="controls">
        <Button
          kind="primary"
          disabled={!data || busy}
          title={busy ? 'One experiment at a time' : undefined}
          onClick={() => data && void run(startingPoint(kind, data))}
        >
          <Play size={14} /> Run it
        </Button>
        <Button
          disabled={!data}
          onClick={() => data && show({ kind: 'setup', experiment: startingPoint(kind, data) })}
        >
          <SlidersHorizontal size={14} /> Change it first…
        </Button>
      </div>
    </article>
  );
}
