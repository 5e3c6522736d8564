import { Gauge, X } from 'lucide-react';
import { useApp } from '../state/app.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { answerOffer, installingOf, showInstall } from './install.ts';
import { sizesOf } from './install-words.ts';
import { KNOWN_GAIN } from './known-gain.ts';
import { useEngines } from './store.ts';

/** At the first start without the native engine: offered once, in nobody's way. */
export function EngineOffer() {
  const { info, settings, tour, overlay } = useApp();
  const installation = useEngines((s) => s.installation);
  if (info === null || settings.engineOffered || tour !== null || overlay !== null) return null;
  if (!installation || installation.found || installingOf(installation.state)) return null;
  const [variant] = installation.variants;
  if (!variant) return null;
  return (
    <section className="engine-offer" aria-label="A faster engine" data-testid="engine-offer">
      <Gauge size={18} aria-hidden />
      <div>
        <h2>Train faster</h2>
        <p>
          Training works as it is; TensorFlow’s native library does it faster. {KNOWN_GAIN} {sizesOf(variant)}
          .
        </p>
        <div className="engine-offer-foot">
          <Button small kind="primary" onClick={showInstall}>
            Look at it
          </Button>
          <Button small kind="quiet" onClick={answerOffer}>
            Not now
          </Button>
        </div>
      </div>
      <IconButton label="Dismiss" small onClick={answerOffer}>
        <X size={14} />
      </IconButton>
    </section>
  );
}
