import { Play, Timer } from 'lucide-react';
import { writeDocument } from '../../src/document/file.ts';
import { shortcutOf } from '../commands/index.ts';
import { Button } from '../ui/Button.tsx';
import { bytes, duration } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { ChecksList } from './ChecksList.tsx';
import { measure, useCatalogue } from './catalogue.ts';
import { startTraining } from './control.ts';
import { amountWords, sourceOf, timeWords } from './cost.ts';
import { DataField } from './DataField.tsx';
import { EngineLine } from './EngineLine.tsx';
import { Presets } from './Presets.tsx';
import { RecipeFields } from './RecipeFields.tsx';
import { presetOf } from './recipe.ts';
import { activeOf, useTraining } from './store.ts';
import { useChecked } from './use-checked.ts';

/** What to train with, what it costs, what stands in the way, and the button that starts it. */
export function RecipePanel() {
  const checked = useChecked();
  const { recipe, datasets, data, checks } = checked;
  return (
    <aside className="recipe" aria-label="Recipe">
      <div className="recipe-scroll">
        <h2>Recipe</h2>
        <Presets chosen={presetOf(recipe)} />
        <DataField {...{ recipe, datasets, data }} />
        <RecipeFields recipe={recipe} />
      </div>
      <div className="recipe-foot">
        <ChecksList checks={checks} />
        <EngineLine />
        <StartBar {...checked} />
      </div>
    </aside>
  );
}

function StartBar({ document, recipe, network, checks, cost, memory, probe }: ReturnType<typeof useChecked>) {
  const running = useTraining(activeOf);
  const starting = useTraining((s) => s.starting);
  const { probing, speed } = useCatalogue();
  const why = starting
    ? 'Starting…'
    : running
      ? `"${running.title}" is being trained: one run at a time.`
      : checks.length > 0
        ? 'Mend what is listed above first.'
        : undefined;
  return (
    <div className="start">
      <Tip text={why ?? 'Start training'} shortcut={why ? undefined : shortcutOf('train.start')}>
        <Button
          kind="primary"
          className="start-button"
          aria-disabled={why !== undefined}
          onClick={() => {
            if (why === undefined) void startTraining();
          }}
        >
          <Play size={16} /> {starting ? 'Starting…' : 'Start'}
        </Button>
      </Tip>
      <div className="start-cost">
        {why && !starting ? (
          <span className="start-why">{why}</span>
        ) : (
          cost && (
            <span title={sourceOf(cost, speed)}>
              <b>{timeWords(cost)}</b>
              <br />
              {amountWords(cost)}
            </span>
          )
        )}
        <span className="muted">
          {memory !== undefined && `about ${bytes(memory)} of memory`}
          {probe && ` · ${duration(probe.stepMs / 1000)} a step, measured`}
          {network && !probe && !running && (
            <>
              {' · '}
              <button
                type="button"
                className="link"
                disabled={probing}
                onClick={() => void measure(network, writeDocument(document), recipe)}
              >
                <Timer size={11} aria-hidden /> {probing ? 'Measuring…' : 'Measure the time'}
              </button>
            </>
          )}
        </span>
      </div>
    </div>
  );
}
