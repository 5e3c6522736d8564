/** Calls on data sets: which there are, fetching one, pictures as a network will see them. */
import { AppError, describeError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { Dataset, DatasetSource, PictureSet } from '../data/dataset.ts';
import { decodeFiles } from '../data/decode.node.ts';
import type { DownloadProgress } from '../data/download.node.ts';
import { findDataset, listDatasets } from '../data/index.node.ts';
import { createFiller } from '../data/window.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import type { CallArgument, DatasetInfo, Handlers, LabelledPictures } from './contract.ts';
import { fetchDataset } from './fetch-data.node.ts';
import type { ServiceOptions } from './host.ts';
import { pixelsOf, trainingPictures } from './pictures.ts';
import { Throttle } from './throttle.ts';

type Calls = 'data.list' | 'data.fetch' | 'data.cancelFetch' | 'data.preview';

/** The last value by its key, so that one is in memory and no more. */
function keepLast<T>() {
  let kept: { readonly key: string; readonly value: Promise<T> } | undefined;
  return (key: string, make: () => Promise<T>): Promise<T> => {
    if (kept?.key === key) return kept.value;
    const value = make();
    kept = { key, value };
    // What failed may be tried again.
    value.catch(() => {
      if (kept?.value === value) kept = undefined;
    });
    return value;
  };
}

export function infoOf(source: DatasetSource): DatasetInfo {
  const { id, title, classes, shape, trainCount, testCount, validationCount, licence, homepage, hint } =
    source;
  return {
    ...{ id, title, classes, shape, trainCount, testCount, validationCount, licence, homepage, hint },
    folder: source.locate() ?? null,
    fetchable: source.download !== undefined,
  };
}

/** What one answer holds at most; a page asks again for the rest. */
const MAX_BYTES = 16 * 2 ** 20;

/** Pictures of the first epoch, in its order, resized and not normalised. */
async function preview(
  dataset: Dataset,
  pictures: PictureSet,
  seed: number,
  { shape, from, count: wanted }: Pick<CallArgument<'data.preview'>, 'shape' | 'from' | 'count'>,
): Promise<LabelledPictures> {
  const [height, width, channels] = shape;
  const pipeline = createFiller(
    { ...{ set: pictures, batchSize: 1, shape, mean: 0, std: 1, seed, shuffle: true } },
    decodeFiles,
  );
  const size = height * width * channels;
  const room = Math.max(1, Math.floor(MAX_BYTES / size));
  const count = Math.max(0, Math.min(wanted, pipeline.count - from, room));
  const bytes = new Uint8Array(count * size);
  const labels: number[] = [];
  for (let i = 0; i < count; i++) {
    const batch = await pipeline.batchAt(0, from + i);
    bytes.set(
      batch.images.map((v) => Math.round(v * 255)),
      i * size,
    );
    labels.push(batch.labels[0] as number);
    // Resizing is work: others are let in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { classes } = dataset;
  return { pixels: pixelsOf(bytes), count, height, width, channels, labels, classes, total: pipeline.count };
}

export function createDataHandlers({ broadcast }: Pick<ServiceOptions, 'broadcast'>) {
  const fetching = new Map<string, AbortController>();
  const lastDataset = keepLast<Dataset>();
  const lastPictures = keepLast<PictureSet>();

  async function picturesFor(recipe: Recipe): Promise<{ dataset: Dataset; pictures: PictureSet }> {
    const { data, limit, validation, seed } = recipe;
    const dataset = await lastDataset(data, async () => (await loadDatasetCached(findDataset(data))).dataset);
    const pictures = await lastPictures(
      JSON.stringify([data, limit, validation, seed]),
      async () => trainingPictures(dataset, recipe).pictures,
    );
    return { dataset, pictures };
  }

  async function fetch(id: string): Promise<null> {
    const source = findDataset(id);
    if (fetching.has(id)) throw new AppError('data/busy', `${source.title} is being fetched already.`);
    const controller = new AbortController();
    fetching.set(id, controller);
    let last: DownloadProgress = { file: '', received: 0, total: 0 };
    const tell = (done: boolean, error: string | null) =>
      broadcast('data.progress', { id, ...last, done, error });
    const throttle = new Throttle(() => tell(false, null));
    try {
      await fetchDataset(source, {
        signal: controller.signal,
        onProgress(progress) {
          last = progress;
          throttle.request();
        },
      });
      throttle.end();
      tell(true, null);
    } catch (error) {
      throttle.end();
      tell(true, describeError(error));
      throw error;
    } finally {
      fetching.delete(id);
    }
    return null;
  }

  const handlers: Pick<Handlers, Calls> = {
    'data.list': () => listDatasets().map(infoOf),
    'data.fetch': ({ id }) => fetch(id),
    'data.cancelFetch': ({ id }) => {
      fetching.get(id)?.abort();
      return null;
    },
    'data.preview': async ({ recipe: given, ...wanted }) => {
      const recipe = completeRecipe(given);
      const { dataset, pictures } = await picturesFor(recipe);
      return preview(dataset, pictures, recipe.seed, wanted);
    },
  };
  return {
    handlers,
    dispose() {
      for (const controller of fetching.values()) controller.abort();
    },
  };
}
