/** What the host has: data sets and what is fetched of them, how long a step takes. */
import { create } from 'zustand';
import type { Network } from '../../src/network/network.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { DatasetInfo, Events, ProbeResult } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { speedOf } from './cost.ts';

interface Catalogue {
  /** Null: not told yet. */
  readonly datasets: readonly DatasetInfo[] | null;
  /** By the data set's id. */
  readonly fetching: Readonly<Record<string, Events['data.progress']>>;
  /** By `probeKey`. */
  readonly probes: Readonly<Record<string, ProbeResult>>;
  readonly probing: boolean;
  /** Multiply-adds a second, from the last measurement on each engine's device. */
  readonly speeds: Readonly<Record<string, number>>;
}

export const useCatalogue = create<Catalogue>(() => ({
  datasets: null,
  fetching: {},
  probes: {},
  probing: false,
  speeds: {},
}));

export const datasetOf = (datasets: Catalogue['datasets'], id: string) => datasets?.find((d) => d.id === id);

export const loadDatasets = () =>
  call('data.list', {}).then((datasets) => useCatalogue.setState({ datasets }), sayError);

const dropFetch = (id: string) =>
  useCatalogue.setState(({ fetching: { [id]: _, ...fetching } }) => ({ fetching }));

/** Fetches that this page ended, so that their error is none. */
const cancelled = new Set<string>();

export async function fetchData({ id, title }: DatasetInfo): Promise<void> {
  const begun = { id, file: '', received: 0, total: 0, done: false, error: null };
  useCatalogue.setState((s) => ({ fetching: { ...s.fetching, [id]: begun } }));
  try {
    await call('data.fetch', { id });
    say({ kind: 'good', text: `${title} is here.` });
  } catch (error) {
    if (!cancelled.delete(id)) sayError(error);
  } finally {
    dropFetch(id);
    await loadDatasets();
  }
}

export function cancelFetch(id: string): void {
  cancelled.add(id);
  call('data.cancelFetch', { id }).catch(sayError);
}

export function watchData(): void {
  bridge.on('data.progress', (progress) => {
    if (progress.done) {
      dropFetch(progress.id);
      void loadDatasets();
    } else useCatalogue.setState((s) => ({ fetching: { ...s.fetching, [progress.id]: progress } }));
  });
}

/** What a step's time hangs on: a measurement counts as long as none of it has changed. `place`: as in Choice. */
export const probeKey = (place: string, network: Network, { batch, optimizer }: Recipe) =>
  [place, network.macs, network.params, network.activationBytes, batch, optimizer].join('/');

/** A few steps where a training would run. */
export async function measure(
  place: string,
  network: Network,
  document: string,
  recipe: Recipe,
): Promise<void> {
  useCatalogue.setState({ probing: true });
  try {
    const result = await call('training.probe', { document, recipe, engine: place });
    useCatalogue.setState((s) => ({
      probes: { ...s.probes, [probeKey(place, network, recipe)]: result },
      speeds: { ...s.speeds, [place]: speedOf(network.macs, recipe.batch, result.stepMs) },
    }));
  } catch (error) {
    sayError(error);
  } finally {
    useCatalogue.setState({ probing: false });
  }
}
