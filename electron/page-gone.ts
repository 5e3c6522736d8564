/** A page whose process died is told in words; nothing that was autosaved is lost. */
import { dialog, type RenderProcessGoneDetails } from 'electron';
import { closeNow } from './closing.ts';
import type { OpenWindow } from './windows.ts';

const reasons: Partial<Record<RenderProcessGoneDetails['reason'], string>> = {
  oom: 'it ran out of memory',
  crashed: 'it crashed',
  killed: 'the system ended it',
  'launch-failed': 'it could not be started',
};

const buttons = ['Reload', 'Close the window'];

/** `released`: the page does not hold its draft any more. */
export function watchPage(entry: OpenWindow, released: () => void): void {
  const { window } = entry;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    // A page that is gone cannot save; its draft is kept and offered again.
    released();
    entry.state = { ...entry.state, dirty: false };
    entry.listens = false;
    const why = reasons[reason] ?? `it ended (${reason}, code ${exitCode})`;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: `The page of “${entry.state.title}” is gone: ${why}.`,
        detail:
          'Reload it: what was saved by itself a moment ago is offered again. Training goes on meanwhile.',
        buttons,
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      .then(({ response }) => {
        if (response !== 0) closeNow(entry);
        else if (!window.isDestroyed()) window.webContents.reload();
      });
  });
}
