/** The export command: writes, reads back with another reader, compares, and says by how much they differ. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { writeFileSafely } from '../../base/files.node.ts';
import { RandomStream } from '../../base/random.ts';
import { findDataset } from '../../data/index.node.ts';
import { writeDocument } from '../../document/file.ts';
import { chooseEngine } from '../../engines/index.node.ts';
import { exportVerified } from '../../formats/export.node.ts';
import type { About } from '../../formats/format.ts';
import { findFormat } from '../../formats/index.node.ts';
import { networkOf } from '../../lower/index.ts';
import { layerAt, type Network } from '../../network/network.ts';
import { elementsOf } from '../../network/shape.ts';
import { completeRecipe, type Recipe } from '../../recipe/recipe.ts';
import { addExport, findRun, type Listed, listRuns } from '../../runs/store.node.ts';
import { normalisation } from '../../services/training.node.ts';
import { templates } from '../../templates/index.ts';
import { initialise } from '../../weights/initialise.ts';
import { numberOption, type Options, stringOption } from './arguments.ts';
import type { Command } from './command.ts';
import { homeOf, openRun } from './open-run.node.ts';
import { drawingOf, refuseExisting } from './paths.node.ts';

const SAMPLES = 8;

function meansRun(name: string, options: Options): boolean {
  if (name === 'last' || existsSync(`${name}/run.json`)) return true;
  const isDrawing = name.endsWith('.stemma') || templates.some((t) => t.id === name);
  const begins = (r: Listed) => ('record' in r ? r.record.id : r.id).startsWith(name);
  return !isDrawing && listRuns(homeOf(options)).some(begins);
}

/** A run where one is meant, else a drawing with fresh weights of the seed. */
async function openSource(name: string, options: Options) {
  if (meansRun(name, options)) return { ...(await openRun(name, options)), trained: true };
  const document = await drawingOf(name, options);
  const network = networkOf(document);
  const seed = numberOption(options, 'seed') ?? 1;
  const weights = initialise(network, seed);
  const { engine } = await chooseEngine(stringOption(options, 'engine'));
  const model = await engine.open(network, weights, completeRecipe({ seed }));
  return {
    network,
    weights,
    model,
    source: writeDocument(document),
    trained: false,
    run: undefined,
    recipe: undefined,
  };
}

/** Where nothing was trained, pictures are taken as they are. */
function aboutOf(document: string, network: Network, recipe: Recipe | undefined): About {
  const { title } = JSON.parse(document) as { title: string };
  const inputShape = layerAt(network, network.input).shape;
  const data = recipe && findDataset(recipe.data);
  const { mean, std } = recipe && data ? normalisation(recipe, data) : { mean: 0, std: 1 };
  return { title, classes: data?.classes ?? [], inputShape, mean, std, output: 'logits, before softmax' };
}

export const exportModel: Command = async (words, options) => {
  const [name] = words;
  const to = stringOption(options, 'to');
  const path = stringOption(options, 'output');
  if (!name || !to || !path)
    throw new AppError('cli/missing', 'This command needs what to export, --to and -o.', {
      hint: 'As in: stemma export last --to tfjs -o model',
    });
  // An older export in a folder of its own is known and replaced; of a file nobody knows what it is.
  if (to === 'document' || !findFormat(to).files) refuseExisting(path, options);
  if (to === 'document') {
    // Of a run that has no weights too.
    const document = meansRun(name, options)
      ? await findRun(homeOf(options), name).document()
      : writeDocument(await drawingOf(name, options));
    await writeFileSafely(path, document);
    return { text: `Wrote ${path}.`, json: { path, format: to } };
  }
  const format = findFormat(to);
  const { network, weights, model, trained, run, source, recipe } = await openSource(name, options);
  const stream = new RandomStream(1, 0, 'export/samples');
  const shape = layerAt(network, network.input).shape;
  const images = Float32Array.from({ length: SAMPLES * elementsOf(shape) }, () => stream.uniform() * 2 - 1);
  const samples = { images, count: SAMPLES, logits: await model.predict(images, SAMPLES) };
  const { verification, notes } = await exportVerified(
    format,
    path,
    network,
    weights,
    samples,
    aboutOf(source, network, recipe),
  );
  const { largestDifference, agreement } = verification;
  if (run)
    await addExport(run.folder, {
      format: to,
      path: basename(path),
      at: new Date().toISOString(),
      ...verification,
    });
  const kind = trained ? '' : ' with fresh weights, not trained';
  const told = `Wrote ${path} (${format.title})${kind}. Read back by ${format.verifiedBy}: largest difference ${largestDifference.toExponential(1)} of the largest output on ${SAMPLES} samples; top class agrees on ${Math.round(agreement * SAMPLES)} of ${SAMPLES}.`;
  return { text: [told, ...notes].join('\n'), json: { path, format: to, trained, verification, notes } };
};
