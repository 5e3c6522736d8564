/** What happens once when the page starts. */

import type { DraftEntry } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { findCommand } from '../commands/index.ts';
import { listenForShortcuts } from '../commands/keys.ts';
import { runCommand } from '../commands/run.ts';
import { openPlace, saveThen } from '../files/actions.ts';
import { keepDrafts } from '../files/drafts.ts';
import { bringBack } from '../files/RecoveryDialog.tsx';
import { show, useApp } from '../state/app.ts';
import { isDirty, useEditor } from '../state/editor.ts';
import { watchTheme } from '../state/settings.ts';
import { watchTraining } from '../training/control.ts';
import { sayError } from '../ui/toasts.tsx';
import { tellMenu, tellWindow } from './window.ts';

export function begin(): void {
  watchTheme();
  listenForShortcuts();
  keepDrafts();
  tellWindow();
  tellMenu();
  watchTraining();
  bridge.on('menu.command', ({ id }) => {
    const command = findCommand(id);
    if (command) void runCommand(command);
  });
  bridge.on('documents.openRequest', ({ place }) => void openPlace(place));
  bridge.on('window.saveAndClose', () => {
    void saveThen(() => void call('window.close', {}));
  });
  addEventListener('beforeunload', (event) => {
    // Electron asks by itself, in words.
    if (useApp.getState().info?.host === 'web' && isDirty(useEditor.getState())) event.preventDefault();
  });
  void ask().catch(sayError);
}

async function ask(): Promise<void> {
  const [info, settings, drafts] = await Promise.all([
    call('app.info', {}),
    call('settings.get', {}),
    call('drafts.list', {}),
  ]);
  useApp.setState({ info, settings, connection: 'connected' });
  if (info.open !== null) await openPlace(info.open);
  else if (await backAsBefore(drafts)) return;
  if (drafts.length > 0) show({ kind: 'recovery' });
  else if (!settings.tourDone) useApp.setState({ tour: 0 });
}

const KEY = 'stemma.drawing';

/** A page that was loaded again shows what it showed; the browser keeps this for the tab alone. */
async function backAsBefore(drafts: readonly DraftEntry[]): Promise<boolean> {
  const text = sessionStorage.getItem(KEY);
  useEditor.subscribe(({ id, place }) => sessionStorage.setItem(KEY, JSON.stringify({ id, place })));
  if (text === null) return false;
  const { id, place } = JSON.parse(text) as { id: string; place: string | null };
  if (drafts.some((d) => d.id === id)) await bringBack(id);
  else if (place !== null) await openPlace(place);
  else return false;
  return true;
}
