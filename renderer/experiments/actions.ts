/** What a person does with experiments: begin, pause, go on, share. */
import { AppError } from '../../src/base/errors.ts';
import {
  EXPERIMENT_EXTENSION,
  type ExperimentDocument,
  readExperiment,
  writeExperiment,
} from '../../src/experiments/experiment.ts';
import { documentOf, firstSeeds, type Kind } from '../../src/experiments/kinds/index.ts';
import type { CallArgument, DatasetInfo } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { wishNow } from '../engines/store.ts';
import { download, fileNameOf } from '../files/actions.ts';
import { ask, useApp } from '../state/app.ts';
import { datasetOf, loadDatasets, useCatalogue } from '../training/catalogue.ts';
import { useRuns } from '../training/runs.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { listen, refresh, show, useExperiments } from './store.ts';

/** A kind as it is run at a click: on MNIST, which comes with the installation. */
export function startingPoint(
  kind: Kind,
  data: Pick<DatasetInfo, 'id' | 'shape' | 'classes'>,
): ExperimentDocument {
  const { size, axis, seeds } = kind;
  return documentOf(kind, {
    ...{ input: [size, size, data.shape[2]], classes: data.classes.length, data: data.id },
    ...{ values: axis?.defaults ?? [], seeds: firstSeeds(seeds) },
  });
}

async function start(source: CallArgument<'experiments.start'>['source']): Promise<void> {
  if (useExperiments.getState().starting) return;
  useExperiments.setState({ starting: true });
  try {
    if (!useCatalogue.getState().datasets) await loadDatasets();
    const { id } = await call('experiments.start', { source, engine: wishNow() || null });
    show({ kind: 'stored', id });
  } catch (error) {
    sayError(error);
  } finally {
    useExperiments.setState({ starting: false });
  }
}

/** @throws nothing: what stands in the way is said */
export async function run(experiment: ExperimentDocument): Promise<void> {
  const data = datasetOf(useCatalogue.getState().datasets, `${experiment.recipe.data}`);
  if (data && data.folder === null) {
    sayError(new AppError('data/missing', `${data.title} is not here.`, { hint: data.hint }));
    return;
  }
  await start({ experiment: writeExperiment(experiment) });
}

export const resume = (id: string) => start({ id });

export const control = (id: string, action: 'pause' | 'resume' | 'stop') =>
  call('experiments.control', { id, action }).then(() => {}, sayError);

export async function keep(experiment: ExperimentDocument): Promise<void> {
  try {
    const { id } = await call('experiments.save', { experiment: writeExperiment(experiment) });
    show({ kind: 'stored', id });
  } catch (error) {
    sayError(error);
  }
}

export const share = (experiment: ExperimentDocument) =>
  download(`${fileNameOf(experiment.title)}.${EXPERIMENT_EXTENSION}`, writeExperiment(experiment));

/** A file that somebody shared: shown before anything of it is run. */
export async function openFile(file: File): Promise<void> {
  try {
    show({ kind: 'setup', experiment: readExperiment(await file.text(), file.name) });
  } catch (error) {
    sayError(error);
  }
}

export const remove = (id: string, title: string) =>
  ask({
    title: `Delete the experiment "${title}"?`,
    text: 'Its results are removed from the list. The runs that it made stay.',
    choices: [
      { title: 'Keep it', run: () => {} },
      {
        title: 'Delete',
        kind: 'danger',
        run: () => {
          call('experiments.delete', { id }).then(() => show({ kind: 'gallery' }), sayError);
        },
      },
    ],
  });

export function lookAtRun(run: string): void {
  useRuns.setState({ selected: run });
  useApp.setState({ view: 'runs' });
}

/** Listens to the host's events; asks for what runs already. */
export function watchExperiments(): void {
  listen((end, title) => {
    const open = { title: 'Look', run: () => lookAt(end.id) };
    if (end.state === 'finished') say({ kind: 'good', text: `"${title}" is done.`, action: open });
    else if (end.state === 'failed')
      say({ kind: 'bad', text: `"${title}" ended early.`, hint: end.reason, action: open });
  });
  const ask = () => void refresh();
  useApp.subscribe((now, before) => {
    if (now.connection === 'connected' && before.connection !== 'connected') ask();
  });
  if (useApp.getState().connection === 'connected') ask();
}

function lookAt(id: string): void {
  show({ kind: 'stored', id });
  useApp.setState({ view: 'experiments' });
}
