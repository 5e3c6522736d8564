import { ListPlus, Play } from 'lucide-react';
import { useEffect } from 'react';
import { shortcutOf } from '../commands/index.ts';
import { EngineChip } from '../engines/EngineChip.tsx';
import { loadEngines } from '../engines/store.ts';
import { Button } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import { FromCard } from '../use/FromCard.tsx';
import { AdviceList, ChecksList } from './ChecksList.tsx';
import { Costs, WholeTime } from './Costs.tsx';
import { queueTraining, startTraining } from './control.ts';
import type { Cost } from './cost.ts';
import { DataField } from './DataField.tsx';
import { Presets } from './Presets.tsx';
import { RecipeFields } from './RecipeFields.tsx';
import { presetOf } from './recipe.ts';
import { activeOf, useTraining } from './store.ts';
import { useChecked } from './use-checked.ts';

/** What to train with, what it costs, what stands in the way, and the button that starts it. */
export function RecipePanel() {
  const checked = useChecked();
  useEffect(loadEngines, []);
  const { recipe, datasets, data, checks, advice, chosen, cost } = checked;
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
        <AdviceList advice={advice} />
        <FromCard />
        <EngineChip chosen={chosen} />
        <Costs {...checked} />
        <StartBar isBlocked={checks.length > 0} cost={cost} />
      </div>
    </aside>
  );
}

function StartBar({ isBlocked, cost }: { readonly isBlocked: boolean; readonly cost: Cost | undefined }) {
  const running = useTraining(activeOf);
  const starting = useTraining((s) => s.starting);
  const why = starting ? 'Starting…' : isBlocked ? 'Mend what is listed above first.' : undefined;
  const [title, id, act] = running
    ? ['Queue', 'train.queue', queueTraining]
    : ['Start', 'train.start', startTraining];
  return (
    <div className="start">
      <Tip
        text={why ?? (running ? 'Train it after those that wait' : 'Start training')}
        shortcut={why ? undefined : shortcutOf(id)}
      >
        <Button
          kind="primary"
          className="start-button"
          aria-disabled={why !== undefined}
          onClick={() => {
            if (why === undefined) void act();
          }}
        >
          {running ? <ListPlus size={16} /> : <Play size={16} />} {starting ? 'Starting…' : title}
        </Button>
      </Tip>
      {why && !starting ? (
        <span className="start-words">{why}</span>
      ) : running ? (
        <span className="start-words">"{running.title}" is being trained; this one waits for its turn.</span>
      ) : (
        <WholeTime cost={cost} />
      )}
    </div>
  );
}
