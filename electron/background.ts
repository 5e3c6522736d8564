/** The last window closes while something is trained: it goes on without a window, it stops, or the window stays. */
import { app, dialog } from 'electron';
import type { EventName } from '../src/services/contract.ts';
import type { Services } from '../src/services/host.ts';
import type { Quitting } from './quitting.ts';
import type { OpenWindow, Windows } from './windows.ts';

const buttons = ['Go on training in the background', 'Stop and keep', 'Cancel'];
/** What waits in the queue begins within this time after the one before. */
const SETTLE_MS = 1500;

export interface Background {
  /** After every other question about closing this window. */
  guard(entry: OpenWindow): void;
  /** What is told to pages: without a window, the end of the last training is the end of Stemma. */
  hear(name: EventName): void;
}

export function trainInBackground(
  services: () => Services,
  windows: Windows,
  quitting: () => Quitting,
): Background {
  async function ask(entry: OpenWindow): Promise<void> {
    const { response } = await dialog.showMessageBox(entry.window, {
      type: 'question',
      message: 'A network is being trained. Go on without a window?',
      detail:
        'In the background it trains to its end and tells you then; starting Stemma again shows it. Stopped, it ends after this step and what it has learned is kept with the run.',
      buttons,
      ...{ defaultId: 0, cancelId: 2, noLink: true },
    });
    const answer = buttons[response];
    if (answer === 'Cancel' || answer === undefined) {
      // The next time, changes are asked about anew.
      entry.mayClose = false;
      entry.thrownAway = false;
      return;
    }
    if (answer === 'Stop and keep') quitting().without('stop');
    // It may have ended while the question stood there: then nothing would ever end Stemma.
    else if (services().activeRuns() > 0) quitting().without('background');
    entry.mayClose = true;
    if (!entry.window.isDestroyed()) entry.window.close();
  }

  return {
    guard(entry) {
      let asking = false;
      entry.window.on('close', (event) => {
        const isAnswered = quitting().isDecided();
        if (event.defaultPrevented || isAnswered || windows.all().length > 1) return;
        if (services().activeRuns() === 0) return;
        event.preventDefault();
        if (asking) return;
        asking = true;
        void ask(entry).finally(() => {
          asking = false;
        });
      });
    },
    hear(name) {
      if (name !== 'training.ended' && name !== 'experiments.ended') return;
      setTimeout(() => {
        if (quitting().isInBackground() && services().activeRuns() === 0) app.quit();
      }, SETTLE_MS);
    },
  };
}
