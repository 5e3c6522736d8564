import { useDeferredValue, useEffect, useMemo } from 'react';
import { USED_SHARE } from '../engines/choice.ts';
import { EngineChip } from '../engines/EngineChip.tsx';
import { loadEngines } from '../engines/store.ts';
import { useApp } from '../state/app.ts';
import { useEditor } from '../state/editor.ts';
import { networkFor } from '../training/checks.ts';
import { useChoice, useRecipe } from '../training/use-checked.ts';
import { bytes, exact, short } from '../ui/format.ts';
import { BudgetEpoch } from './BudgetEpoch.tsx';
import { BudgetFigure } from './BudgetFigure.tsx';
import { BudgetProblems } from './BudgetProblems.tsx';
import { type Budget, budgetOf, fieldWords } from './budget.ts';

/** The host starts a process to list its engines; the drawing comes first. */
const ENGINES_AFTER_MS = 1500;

const showSummary = () => useApp.setState({ panel: 'summary' });
const showRecipe = () => useApp.setState({ view: 'train' });

/** Parameters, MACs, memory … below the drawing. */
export function BudgetBar() {
  // Figures may come a moment later than the drawing.
  const lowered = useDeferredValue(useEditor((s) => s.lowered));
  const { recipe, data } = useRecipe();
  const network = useMemo(() => networkFor(lowered), [lowered]);
  const chosen = useChoice(network, recipe);
  const choice = chosen?.engine && chosen;
  const limit = choice?.roomBytes ?? null;
  const budget = useMemo(() => {
    const room = limit === null ? null : limit * USED_SHARE;
    return budgetOf(lowered, network, recipe, room, choice?.engine.id);
  }, [lowered, network, recipe, limit, choice]);
  const empty = lowered.document.nodes.length === 0;
  const connected = useApp((s) => s.connection === 'connected');
  useEffect(() => {
    if (empty || !connected) return;
    const timer = setTimeout(loadEngines, ENGINES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [empty, connected]);
  if (empty)
    return (
      <div className="budget" data-testid="budget">
        <span className="budget-empty">Nothing is drawn yet.</span>
      </div>
    );
  return (
    <div className="budget" data-testid="budget" data-broken={network ? undefined : true}>
      <Drawn budget={budget} whole={network !== undefined} />
      {budget.memory !== null && (
        <BudgetFigure
          label="Training memory"
          value={bytes(budget.memory)}
          tip={`${exact(Math.round(budget.memory))} bytes for tensors at batch ${recipe.batch}${limit === null ? '' : `; ${choice?.engine.title} can have ${bytes(limit)} on ${choice?.where}`}`}
          bad={limit !== null && budget.memory > limit}
          onClick={showRecipe}
        />
      )}
      {budget.largest !== null && (
        <BudgetFigure
          label="Largest batch"
          value={budget.largest === 0 ? 'none fits' : exact(budget.largest)}
          tip={`The most pictures a step that fit into nine tenths of the ${bytes(limit ?? 0)} that ${choice?.engine.title} can have; the recipe has ${recipe.batch}`}
          bad={budget.largest < recipe.batch}
          onClick={showRecipe}
        />
      )}
      {network && data && choice && <BudgetEpoch {...{ network, recipe, data }} place={choice.place} />}
      <span className="budget-space" />
      <EngineChip chosen={chosen} small />
      <BudgetProblems />
    </div>
  );
}

/** What is known of every drawing, whole or not. */
function Drawn({
  budget: { params, stats, macs, field, seesAll },
  whole,
}: {
  readonly budget: Budget;
  /** False: figures are of parts, and 0 means that no shape is known. */
  readonly whole: boolean;
}) {
  return (
    <>
      <BudgetFigure
        label="Parameters"
        value={params === 0 && !whole ? '?' : short(params)}
        tip={`${exact(params)} trainable parameters, ${exact(stats)} running statistics`}
        onClick={showSummary}
      />
      <BudgetFigure
        label="MACs"
        value={macs === 0 && !whole ? '?' : short(macs)}
        tip={`${exact(macs)} multiply–accumulates an image`}
        onClick={showSummary}
      />
      {field && (
        <BudgetFigure
          minor
          label="Receptive field"
          value={fieldWords(field)}
          tip={`The last convolution sees ${fieldWords(field)} pixels of the input.${seesAll ? ' Pooled, the output sees the whole picture.' : ''}`}
          onClick={showSummary}
        />
      )}
    </>
  );
}
