import { useEffect, useMemo, useState } from 'react';
import { applyEdit } from '../../src/document/edits.ts';
import { lower } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import { chooseFor } from '../engines/choice.ts';
import { useEngines, useWish } from '../engines/store.ts';
import { useEditor } from '../state/editor.ts';
import { datasetOf, probeKey, useCatalogue } from './catalogue.ts';
import { adviceOf, checksOf, networkFor } from './checks.ts';
import { costOf, speedAt } from './cost.ts';
import { type PresetName, presetEdit, recipeOf } from './recipe.ts';

/** The recipe of the drawing, and its data. */
export function useRecipe() {
  const document = useEditor((s) => s.lowered.document);
  const datasets = useCatalogue((s) => s.datasets);
  const { recipe, problems } = useMemo(() => recipeOf(document, datasets), [document, datasets]);
  return { document, datasets, recipe, problems, data: datasetOf(datasets, recipe.data) };
}

/** Which engine would train this; undefined: not told yet. */
export function useChoice(network: Network | undefined, recipe: Recipe) {
  const { engines, memory } = useEngines();
  const wish = useWish();
  return useMemo(() => {
    const need = (engine: string) => (network ? estimateMemory(network, recipe, engine) : 0);
    return engines && chooseFor(engines, wish, need, memory);
  }, [engines, wish, network, recipe, memory]);
}

/** What is known of the time of a step there. */
export function useKnown(place: string | undefined, network: Network | undefined, recipe: Recipe) {
  const { probes, speeds } = useCatalogue();
  const gain = useEngines((s) => s.installation?.installed?.measured ?? null);
  if (place === undefined || !network) return {};
  return { probe: probes[probeKey(place, network, recipe)], speed: speedAt(place, speeds, gain) };
}

/** The recipe with what stands in its way and what it costs. */
export function useChecked() {
  const lowered = useEditor((s) => s.lowered);
  const { document, datasets, recipe, problems, data } = useRecipe();
  const network = useMemo(() => networkFor(lowered), [lowered]);
  const chosen = useChoice(network, recipe);
  const checks = useMemo(
    () => checksOf({ lowered, recipe, problems, datasets, chosen }),
    [lowered, recipe, problems, datasets, chosen],
  );
  const choice = chosen?.engine && chosen;
  const known = useKnown(choice?.place, network, recipe);
  const cost = data && costOf(recipe, data, network?.macs ?? null, known);
  const memory = network && estimateMemory(network, recipe, choice?.engine.id);
  return {
    document,
    recipe,
    network,
    data,
    datasets,
    chosen,
    choice,
    checks,
    advice: useMemo(() => adviceOf(recipe, data), [recipe, data]),
    cost,
    memory,
    probe: known.probe,
  };
}

/** What a preset would cost this drawing, its input resized. */
export function usePresetCost(name: PresetName) {
  const lowered = useEditor((s) => s.lowered);
  const datasets = useCatalogue((s) => s.datasets);
  const { recipe, data, network } = useMemo(() => {
    const { document } = lowered;
    const after = applyEdit(document, presetEdit(document, name, datasets)).document;
    const { recipe } = recipeOf(after, datasets);
    return { recipe, data: datasetOf(datasets, recipe.data), network: networkFor(lower(after, lowered)) };
  }, [lowered, datasets, name]);
  const chosen = useChoice(network, recipe);
  const known = useKnown(chosen?.engine && chosen.place, network, recipe);
  return data && costOf(recipe, data, network?.macs ?? null, known);
}

/** The key under which a preview's pictures are the same. */
export const previewKey = (recipe: Recipe, shape: readonly number[]) => {
  const { data, limit, validation, seed, flip, crop, cutout, mixup, batch } = recipe;
  // Only what is mixed hangs on the batch that it is in.
  return JSON.stringify([data, limit, validation, seed, flip, crop, cutout, mixup && [mixup, batch], shape]);
};

/** Whether training sees a picture otherwise at each epoch. */
export const changesPictures = ({ flip, crop, cutout, mixup }: Recipe): boolean =>
  flip || crop > 0 || cutout > 0 || mixup > 0;

/** A value that has not changed for a while. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
