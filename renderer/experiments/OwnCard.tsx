import { SlidersHorizontal } from 'lucide-react';
import { compareWithPlain } from '../../src/experiments/custom.ts';
import { useEditor } from '../state/editor.ts';
import { datasetOf, useCatalogue } from '../training/catalogue.ts';
import { inputOf } from '../training/recipe.ts';
import { Button } from '../ui/Button.tsx';
import { show } from './store.ts';

/** What is drawn now, beside the same without its skips; further drawings can be added there. */
export function OwnCard() {
  const document = useEditor((s) => s.history.document);
  const lowered = useEditor((s) => s.lowered);
  const data = useCatalogue((s) => datasetOf(s.datasets, `${document.recipe.data ?? 'mnist'}`));
  const shape = inputOf(lowered.document)?.shape;
  const ready = data && document.nodes.length > 0 && shape?.length === 3;
  return (
    <article className="card kind-card" aria-label="Your drawing">
      <h3>What do the skips of my drawing do?</h3>
      <p className="kind-title">Your drawing</p>
      <p className="kind-help">
        What is drawn now and the same without its skips, trained alike. Open another drawing and add it, to
        compare any two.
      </p>
      <p className="kind-cost">{ready ? `"${document.title}"` : 'Draw a network, or open one.'}</p>
      <div className="controls">
        <Button
          disabled={!ready}
          onClick={() => {
            if (!data || shape?.length !== 3) return;
            const input = shape as readonly [number, number, number];
            const given = { input, classes: data.classes.length, data: data.id };
            show({ kind: 'setup', experiment: compareWithPlain(document, given) });
          }}
        >
          <SlidersHorizontal size={14} /> Set it up…
        </Button>
      </div>
    </article>
  );
}
