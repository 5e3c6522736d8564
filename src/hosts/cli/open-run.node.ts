import { readDocument } from '../../document/file.ts';
import { chooseEngine } from '../../engines/index.node.ts';
import { networkOf } from '../../lower/index.ts';
import { completeRecipe } from '../../recipe/recipe.ts';
import { findRun, runsHome } from '../../runs/store.node.ts';
import { isKnownType } from '../../services/documents.node.ts';
import { type Options, stringOption } from './arguments.ts';

export const homeOf = (options: Options) =>
  stringOption(options, 'runs') ?? stringOption(options, 'out') ?? runsHome();

/** A run's network with its weights, on an engine. */
export async function openRun(name: string, options: Options) {
  const run = findRun(homeOf(options), name);
  const recipe = completeRecipe(run.record.recipe);
  const source = await run.document();
  const document = readDocument(source, run.folder, isKnownType);
  const network = networkOf(document);
  const { engine } = await chooseEngine(stringOption(options, 'engine'));
  const weights = await run.weights();
  const model = await engine.open(network, weights, recipe);
  return { run, recipe, source, network, weights, model };
}
