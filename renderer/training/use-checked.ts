import { useEffect, useMemo, useState } from 'react';
import { applyEdit } from '../../src/document/edits.ts';
import { flatten } from '../../src/lower/flatten.ts';
import { diagnose, errorsOf, lower } from '../../src/lower/index.ts';
import { estimateMemory, type Recipe } from '../../src/recipe/recipe.ts';
import { useEditor } from '../state/editor.ts';
import { chosenEngine, datasetOf, useCatalogue } from './catalogue.ts';
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
  const { engines, probes } = useCatalogue();
  const engine = chosenEngine(engines);
  const { document, datasets, recipe, problems, data } = useRecipe();
  const network = useMemo(() => networkFor(lowered), [lowered]);
  const checks = useMemo(
    () => checksOf({ lowered, recipe, problems, datasets, engine }),
    [lowered, recipe, problems, datasets, engine],
  );
  /** A measurement counts as long as nothing that a step's time hangs on has changed. */
  const probeKey = network
    ? [network.macs, network.params, network.activationBytes, recipe.batch, recipe.optimizer].join('/')
    : '';
  const probe = probes[probeKey];
  const cost = data && costOf(recipe, data, network?.macs ?? null, probe);
  const memory = network && estimateMemory(network, recipe);
  return { document, recipe, network, data, datasets, engine, checks, cost, memory, probe, probeKey };
}

/** What a preset would cost this drawing, its input resized. */
export function usePresetCost(name: PresetName) {
  const lowered = useEditor((s) => s.lowered);
  const datasets = useCatalogue((s) => s.datasets);
  return useMemo(() => {
    const { document } = lowered;
    const after = applyEdit(document, presetEdit(document, name, datasets)).document;
    const resized = lower(after, lowered);
    const { recipe } = recipeOf(after, datasets);
    const data = datasetOf(datasets, recipe.data);
    const whole = document.nodes.length > 0 && errorsOf(diagnose(resized)).length === 0;
    return data && costOf(recipe, data, whole ? flatten(resized).macs : null);
  }, [lowered, datasets, name]);
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
