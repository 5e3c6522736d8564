import { readDocument } from '../document/file.ts';
import { chooseEngine } from '../engines/index.node.ts';
import { networkOf } from '../lower/index.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { RunReader } from '../runs/store.node.ts';
import { isKnownType } from './documents.node.ts';

/** A run's network with its weights, on an engine. */
export async function openStoredRun(run: RunReader, engineId?: string) {
  const recipe = completeRecipe(run.record.recipe);
  const document = readDocument(await run.document(), run.folder, isKnownType);
  const network = networkOf(document);
  const { engine } = await chooseEngine(engineId);
  const weights = await run.weights();
  const model = await engine.open(network, weights, recipe);
  return { run, recipe, title: document.title, network, weights, model };
}
