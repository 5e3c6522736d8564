/** Installing the native engine: begun, ended, watched; whole again after the page was loaded anew. */
import { AppError } from '../../src/base/errors.ts';
import type { EngineInstalling } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { show, useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { endSentence, isEnded } from './install-words.ts';
import { loadInstallation, reloadEngines, useEngines } from './store.ts';

export const showInstall = () => show({ kind: 'engine' });

/** Whether an installation goes on. */
export const installingOf = (state: EngineInstalling | null | undefined) =>
  state && !isEnded(state.phase) ? state : undefined;

/** What this page asked for last. */
let last: { readonly gpu: boolean; readonly wheel: string | null } | undefined;

/** The same once more; `gpu`: of the one that another page asked for, of which no more is known. */
export const tryAgain = (gpu: boolean) => install(last?.gpu ?? gpu, last?.wheel ?? null);

export async function install(gpu: boolean, wheel: string | null): Promise<void> {
  answerOffer();
  last = { gpu, wheel };
  try {
    await call('engines.install', { engine: 'tensorflow', gpu, wheel });
  } catch (error) {
    // How an installation ended comes as an event too, to every page; what never began is told here alone.
    const told = useEngines.getState().installation?.state?.error;
    if (!(error instanceof AppError) || told?.code !== error.code) sayError(error);
  }
}

export const cancelInstall = () => call('engines.cancelInstall', { engine: 'tensorflow' }).catch(sayError);

export async function removeEngine(): Promise<void> {
  try {
    await call('engines.remove', { engine: 'tensorflow' });
    say({
      kind: 'info',
      text: 'TensorFlow’s library was removed. Training goes on with the portable engine.',
    });
  } catch (error) {
    sayError(error);
  }
  await Promise.all([loadInstallation(), reloadEngines()]);
}

/** The offer is made once. */
export function answerOffer(): void {
  if (!useApp.getState().settings.engineOffered) changeSettings({ engineOffered: true });
}

function tellEnd(state: EngineInstalling): void {
  if (useApp.getState().overlay?.kind === 'engine') return;
  const action = { title: 'Show', run: showInstall };
  const kind = { done: 'good', failed: 'bad' }[state.phase as string] as 'good' | 'bad' | undefined;
  say({ kind: kind ?? 'info', text: endSentence(state), hint: state.error?.hint ?? undefined, action });
}

function hear(state: EngineInstalling): void {
  useEngines.setState(({ installation }) => ({ installation: installation && { ...installation, state } }));
  if (!isEnded(state.phase)) return;
  tellEnd(state);
  void loadInstallation();
  // Nobody has asked yet: who asks later is told what is new.
  if (useEngines.getState().engines !== null) void reloadEngines();
}

/** Listens to the host; asks it for what a page that comes late has missed. */
export function watchInstall(): void {
  bridge.on('engines.installing', hear);
  const ask = () => void loadInstallation();
  useApp.subscribe((now, before) => {
    if (now.connection === 'connected' && before.connection !== 'connected') ask();
  });
  if (useApp.getState().connection === 'connected') ask();
}
