/** Before a window with unsaved changes closes, the person is asked. */
import { dialog } from 'electron';
import type { OpenWindow } from './windows.ts';

const buttons = ['Save', "Don't save", 'Cancel'];

/** `cancelled`: the person stays, so whatever wanted the window closed should not go on. */
export function guardClosing(entry: OpenWindow, cancelled: () => void): void {
  let asking = false;
  entry.window.on('close', (event) => {
    if (entry.mayClose || !entry.state.dirty) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask(entry, cancelled).finally(() => {
      asking = false;
    });
  });
}

async function ask(entry: OpenWindow, cancelled: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox(entry.window, {
    type: 'warning',
    message: `Save the changes to “${entry.state.title}” before its window closes?`,
    detail: 'Changes that are not saved are lost.',
    buttons,
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  const answer = buttons[response];
  // The page saves and then calls 'window.close'; where saving fails, it says so and stays.
  if (answer === 'Save') entry.caller.emit('window.saveAndClose', {});
  else if (answer === "Don't save") {
    entry.thrownAway = true;
    closeNow(entry);
  } else cancelled();
}

export function closeNow(entry: OpenWindow): void {
  entry.mayClose = true;
  // A dialog may be answered after its window is gone.
  if (!entry.window.isDestroyed()) entry.window.close();
}
