/** What a person does with a training: begin, pause, end, go on from how it ended. */
import { AppError } from '../../src/base/errors.ts';
import { writeDocument } from '../../src/document/file.ts';
import type { ActiveRun, CallArgument, RunEnd } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { chooseFor } from '../engines/choice.ts';
import { useEngines, wishNow } from '../engines/store.ts';
import { ask, show, useApp } from '../state/app.ts';
import { documentNow, setClasses, useEditor } from '../state/editor.ts';
import { listenToLooks } from '../telemetry/store.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { forgetFrom, fromNow } from '../use/begin-from.ts';
import { datasetOf, loadDatasets, useCatalogue, watchData } from './catalogue.ts';
import { type Check, checksOf } from './checks.ts';
import { notifyEnd } from './notify.ts';
import { addToQueue, refreshQueue, watchQueue } from './queue/store.ts';
import { changeRecipe, recipeNow } from './recipe.ts';
import { useRuns, watchRuns } from './runs.ts';
import { activeOf, listen, refresh, useTraining } from './store.ts';
import { endTitle, type WayOn, waysOn } from './words.ts';

/** The run that is being trained. */
export const active = (): ActiveRun | undefined => activeOf(useTraining.getState());

/** What stands in the way now. */
function checksNow(): Check[] {
  const { datasets } = useCatalogue.getState();
  const { engines, memory } = useEngines.getState();
  const { lowered } = useEditor.getState();
  const chosen = engines && chooseFor(engines, wishNow(), 0, memory);
  return checksOf({ lowered, datasets, chosen, ...recipeNow() });
}

/** A sentence where training cannot start now; what the training view can mend is said there instead. */
export function whyNotStart(): string | undefined {
  const running = active();
  if (running) return `"${running.title}" is being trained; one run at a time.`;
  return documentNow().nodes.length === 0 ? 'nothing is drawn yet.' : undefined;
}

/** The drawing with its recipe, once nothing stands in the way. @throws AppError */
async function prepared(): Promise<CallArgument<'training.start'>> {
  if (!useCatalogue.getState().datasets) await loadDatasets();
  const [first] = checksNow();
  if (first)
    throw new AppError('training/checks', first.message, {
      hint: 'See what stands before Start; most of it is mended at a click.',
    });
  const { recipe } = recipeNow();
  return { document: writeDocument(documentNow()), recipe, engine: wishNow() || null, ...fromNow() };
}

/** Shows the training view and does something with the drawing and its recipe as they stand; one thing at a time. */
async function withPrepared(act: (entry: CallArgument<'training.start'>) => Promise<unknown>): Promise<void> {
  useApp.setState({ view: 'train' });
  if (useTraining.getState().starting) return;
  useTraining.setState({ starting: true });
  try {
    await act(await prepared());
  } catch (error) {
    sayError(error);
  } finally {
    useTraining.setState({ starting: false });
  }
}

export const startTraining = () =>
  withPrepared(async (entry) => {
    await call('training.start', entry);
    forgetFrom();
  });

export const queueTraining = () =>
  withPrepared(async (entry) => {
    await addToQueue(entry);
    forgetFrom();
    say({ kind: 'good', text: `"${documentNow().title}" waits for its turn.` });
  });

export async function controlRun(action: 'pause' | 'resume' | 'stop' | 'cancel'): Promise<void> {
  const run = active();
  if (!run) return;
  const send = () => call('training.control', { run: run.run, action }).then(() => {}, sayError);
  if (action !== 'cancel') return send();
  ask({
    title: 'Cancel this training?',
    text: `It ends at once. What was stored until now stays in Runs; steps since the last stored weights are lost. "Stop" ends after the step and keeps the weights.`,
    choices: [
      { title: 'Go on training', run: () => {} },
      { title: 'Stop, keep the weights', run: () => void controlRun('stop') },
      { title: 'Cancel it', kind: 'danger', run: () => void send() },
    ],
  });
}

/** Goes on in the same run; `epochs`: in all, where not as its recipe says. */
export async function resumeRun(run: string, epochs: number | null): Promise<void> {
  try {
    await call('training.resume', { run, epochs, engine: null });
    useApp.setState({ view: 'train' });
  } catch (error) {
    sayError(error);
  }
}

export function goOn(way: WayOn, run: string): void {
  if (way.kind === 'recipe') {
    changeRecipe(way.values);
    useApp.setState({ view: 'train' });
    say({ kind: 'good', text: `${way.title}: done. Press Start to try again.` });
  } else if (way.kind === 'export') show({ kind: 'export', run });
  else if (way.kind === 'again') void startTraining();
  else if (way.kind === 'resume') void resumeRun(run, null);
  else {
    useRuns.setState({ selected: run });
    useApp.setState({ view: 'runs' });
  }
}

function tellEnd(end: RunEnd, run: ActiveRun): void {
  notifyEnd(end, run);
  const [way] = waysOn(end, run.recipe);
  say({
    kind: end.state === 'finished' ? 'good' : end.state === 'failed' ? 'bad' : 'info',
    text: endTitle(end, run.title),
    hint: end.state === 'failed' ? end.reason : undefined,
    action: way && { title: way.title, run: () => goOn(way, end.run) },
  });
}

/** The output is checked against the data that the drawing's recipe names. */
function checkClasses(): void {
  const { data } = documentNow().recipe;
  const { datasets } = useCatalogue.getState();
  setClasses(typeof data === 'string' ? datasetOf(datasets, data)?.classes.length : undefined);
}

/** Listens to the host's events; asks for what is being trained already. */
export function watchTraining(): void {
  listen(tellEnd);
  watchData();
  watchRuns();
  listenToLooks();
  watchQueue();
  useCatalogue.subscribe(checkClasses);
  useEditor.subscribe((now, before) => {
    if (now.history.document.recipe !== before.history.document.recipe) checkClasses();
  });
  const ask = () => {
    void loadDatasets();
    refresh().catch(sayError);
    void refreshQueue();
  };
  useApp.subscribe((now, before) => {
    if (now.connection === 'connected' && before.connection !== 'connected') ask();
  });
  if (useApp.getState().connection === 'connected') ask();
}
