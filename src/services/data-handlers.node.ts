/** Calls on data sets: which there are, fetching one, pictures as a network will see them. */
import { AppError, describeError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { Dataset, DatasetSource, PictureSet } from '../data/dataset.ts';
import type { DownloadProgress } from '../data/download.node.ts';
import { findDataset, listDatasets } from '../data/index.node.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import type { DatasetInfo, Handlers } from './contract.ts';
import { fetchDataset } from './fetch-data.node.ts';
import type { ServiceOptions } from './host.ts';
import { keepLast } from './keep-last.ts';
import { trainingPictures } from './pictures.ts';
import { previewOf } from './preview.node.ts';
import { Throttle } from './throttle.ts';

type Calls = 'data.list' | 'data.fetch' | 'data.cancelFetch' | 'data.preview';

export function infoOf(source: DatasetSource): DatasetInfo {
  const { id, title, classes, shape, trainCount, testCount, validationCount, licence, homepage, hint } =
    source;
  return {
    ...{ id, title, classes, shape, trainCount, testCount, validationCount, licence, homepage, hint },
    folder: source.locate() ?? null,
    fetchable: source.download !== undefined,
  };
}

export function createDataHandlers({ broadcast }: Pick<ServiceOptions, 'broadcast'>) {
  const fetching = new Map<string, AbortController>();
  const lastDataset = keepLast<Dataset>();
  const lastPictures = keepLast<PictureSet>();

  async function picturesFor(recipe: Recipe): Promise<{ dataset: Dataset; pictures: PictureSet }> {
    const { data, limit, validation, seed } = recipe;
    const source = findDataset(data);
    const which = `${data} ${source.revision}`;
    const dataset = await lastDataset(which, async () => (await loadDatasetCached(source)).dataset);
    const pictures = await lastPictures(
      JSON.stringify([which, limit, validation, seed]),
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
      return previewOf(dataset, pictures, recipe, wanted);
    },
  };
  return {
    handlers,
    dispose() {
      for (const controller of fetching.values()) controller.abort();
    },
  };
}
