/** How far a training is, on the taskbar; its end, as the system tells such things, where nobody looks. */
import { BrowserWindow, Notification } from 'electron';
import type { ActiveRun, EventName, Events, RunEnd } from '../src/services/contract.ts';
import { bringUp, type Windows } from './windows.ts';

/** Electron's word for "none". */
const NO_PROGRESS = -1;

const endings: Readonly<Partial<Record<RunEnd['state'], string>>> = {
  finished: 'It is trained.',
  stopped: 'It was stopped; what was stored is kept.',
};

export type Hear = <K extends EventName>(name: K, value: Events[K]) => void;

/** `isLeaving`: whoever ends Stemma knows what becomes of the training. */
export function followTraining(windows: Windows, isLeaving: () => boolean): Hear {
  let title = '';
  const showProgress = (share: number, mode: 'normal' | 'paused') => {
    for (const { window } of windows.all()) window.setProgressBar(share, { mode });
  };

  function follow(run: ActiveRun): void {
    title = run.title;
    const share = run.totalSteps > 0 ? run.step / run.totalSteps : 0;
    showProgress(share, run.phase === 'paused' ? 'paused' : 'normal');
  }

  function end({ state, reason }: RunEnd): void {
    showProgress(NO_PROGRESS, 'normal');
    // Whoever looks at a window reads it there.
    if (isLeaving() || BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
    const notification = new Notification({ title, body: endings[state] ?? reason });
    notification.on('click', () => bringUp(windows.current() ?? windows.open(null)));
    notification.show();
  }

  return (name, value) => {
    if (name === 'training.state') follow(value as ActiveRun);
    else if (name === 'training.ended') end(value as RunEnd);
  };
}
