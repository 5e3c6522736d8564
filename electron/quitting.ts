/**
 * Quitting: a question where runs are being trained, then every window with its own question, then the trainers end
 * after their step. The order matters: whoever cancels at a window still has the runs.
 */
import { app, dialog } from 'electron';
import type { Answer } from '../src/services/contract.ts';
import type { Services } from '../src/services/host.ts';
import type { Windows } from './windows.ts';

/** A step of a large network on a slow machine may take this long. */
const GRACE_MS = 30_000;

export interface Quitting {
  /** A window asked about its changes, and the person stays. */
  cancelled(): void;
  /** What a page's call came to: a drawing that was not saved keeps its window. */
  answered(name: unknown, answer: Answer<unknown>): void;
  /** The last window closes: what is trained goes on, or stops after its step. */
  without(how: 'background' | 'stop'): void;
  /** Nothing needs to be asked about trainings any more. */
  isDecided(): boolean;
  isInBackground(): boolean;
  /** The person ends Stemma, and what is trained with it. */
  isLeaving(): boolean;
  windowOpened(): void;
  /** A window is closed; quitting goes on where that is what it was closed for. */
  windowClosed(): void;
}

export function askBeforeQuitting(services: Services, windows: Windows): Quitting {
  let wanted = false;
  let asking = false;
  let disposed = false;
  let disposing = false;
  let inBackground = false;

  async function askAboutRuns(count: number): Promise<void> {
    asking = true;
    const one = count === 1;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: one
        ? 'A network is being trained. Stop it and quit?'
        : `${count} networks are being trained. Stop them and quit?`,
      detail: `Training ends after this step; what was learned until then is kept with ${one ? 'the run' : 'the runs'}.`,
      buttons: ['Stop and quit', 'Keep training'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    asking = false;
    if (response === 0) {
      wanted = true;
      app.quit();
    } else if (windows.all().length === 0) windows.open(null);
  }

  app.on('before-quit', (event) => {
    const count = services.activeRuns();
    if (disposed || wanted || count === 0) {
      wanted = true;
      return;
    }
    event.preventDefault();
    if (!asking) void askAboutRuns(count);
  });

  app.on('will-quit', (event) => {
    if (disposed) return;
    event.preventDefault();
    // The last window may ask for the end twice.
    if (disposing) return;
    disposing = true;
    void services.dispose(GRACE_MS).finally(() => {
      disposed = true;
      app.quit();
    });
  });

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !inBackground) app.quit();
  });

  return {
    cancelled: () => {
      wanted = false;
    },
    answered: (name, answer) => {
      // The page stays, and closing it or another one some day is no quitting.
      const failed = name === 'documents.save' && !answer.ok;
      const cancelled = name === 'documents.chooseSave' && (!answer.ok || answer.value === null);
      if (failed || cancelled) wanted = false;
    },
    without(how) {
      if (how === 'background') inBackground = true;
      else wanted = true;
    },
    isDecided: () => wanted || inBackground || disposed,
    isInBackground: () => inBackground,
    isLeaving: () => wanted,
    windowOpened: () => {
      inBackground = false;
    },
    windowClosed: () => {
      // A window that asked had stopped the quitting; the next one is asked, or Stemma ends.
      if (wanted && !disposed) app.quit();
    },
  };
}
