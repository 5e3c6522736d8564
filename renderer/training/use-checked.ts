import { useEffect, useMemo, useState } from 'react';
import { applyEdit } from '../../src/document/edits.ts';
import { lower } from '../../src/lower/index.ts';
import { estimateMemory, type Recipe } from '../../src/recipe/recipe.ts';
import { useEditor } from '../state/editor.ts';
import { chosenEngine, datasetOf, probeKey, useCatalogue } from './catalogue.ts';
import { checksOf, networkFor } from './checks.ts';
import { costOf } from './cost.ts';
import { type PresetName, presetEdit, recipeOf } from './recipe.ts';

/** The recipe of the drawing, and its data. */
export function useRecipe() {
  const document = useEditor((s) => s.lowered.document);
  const datasets = useCatalogue((s) => s.datasets);
  const { recipe, problems } = useMemo(() => recipeOf(document, datasets), [document, datasets]);
  return { document, datasets, recipe, problems, data: datasetOf(datasets, recipe.data) };
}

/** The recipe with what stands in its way and what it costs. */
export function useChecked() {
  const lowered = useEditor((s) => s.lowered);
  const { engines, probes, speed } = useCatalogue();
  const engine = chosenEngine(engines);
  const { document, datasets, recipe, problems, data } = useRecipe();
  const network = useMemo(() => networkFor(lowered), [lowered]);
  const checks = useMemo(
    () => checksOf({ lowered, recipe, problems, datasets, engine }),
    [lowered, recipe, problems, datasets, engine],
  );
  const probe = network && probes[probeKey(network, recipe)];
  const cost = data && costOf(recipe, data, network?.macs ?? null, { probe, speed });
  const memory = network && estimateMemory(network, recipe);
  return { document, recipe, network, data, datasets, engine, checks, cost, memory, probe };
}

/** What a preset would cost this drawing, its input resized. */
export function usePresetCost(name: PresetName) {
  const lowered = useEditor((s) => s.lowered);
  const { datasets, probes, speed } = useCatalogue();
  return useMemo(() => {
    const { document } = lowered;
    const after = applyEdit(document, presetEdit(document, name, datasets)).document;
    const { recipe } = recipeOf(after, datasets);
    const data = datasetOf(datasets, recipe.data);
    const network = networkFor(lower(after, lowered));
    const probe = network && probes[probeKey(network, recipe)];
    return data && costOf(recipe, data, network?.macs ?? null, { probe, speed });
  }, [lowered, datasets, probes, speed, name]);
}

/** The key under which a preview's pictures are the same. */
export const previewKey = ({ data, limit, validation, seed }: Recipe, shape: readonly number[]) =>
  JSON.stringify([data, limit, validation, seed, shape]);

/** A value that has not changed for a while. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
