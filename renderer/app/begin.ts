/** What happens once when the page starts. */

import type { DraftEntry } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { findCommand } from '../commands/index.ts';
import { listenForShortcuts } from '../commands/keys.ts';
import { runCommand } from '../commands/run.ts';
import { watchOwnData } from '../data/adding.ts';
import { watchInstall } from '../engines/install.ts';
import { watchExperiments } from '../experiments/actions.ts';
import { openPlace, saveThen } from '../files/actions.ts';
import { keepDrafts } from '../files/drafts.ts';
import { bringBack } from '../files/RecoveryDialog.tsx';
import { show, useApp, type View } from '../state/app.ts';
import { documentNow, isDirty, useEditor } from '../state/editor.ts';
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
  watchExperiments();
  watchInstall();
  watchOwnData();
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
  const before = shownBefore();
  if (before) useApp.setState({ view: before.view });
  keepShown();
  void ask(before).catch(sayError);
}

async function ask(before: Shown | null): Promise<void> {
  const [info, settings, drafts] = await Promise.all([
    call('app.info', {}),
    call('settings.get', {}),
    call('drafts.list', {}),
  ]);
  useApp.setState({ info, settings, connection: 'connected' });
  if (info.open !== null) await openPlace(info.open);
  else if (await backAsBefore(before, drafts)) return;
  if (drafts.length > 0) show({ kind: 'recovery' });
  else if (!settings.tourDone) useApp.setState({ tour: 0 });
}

const KEY = 'stemma.page';

interface Shown {
  readonly id: string;
  readonly place: string | null;
  readonly view: View;
}

/** What this tab showed before it was loaded again; the browser keeps it for the tab alone. */
function shownBefore(): Shown | null {
  return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Shown | null;
}

function keepShown(): void {
  const keep = () => {
    const { id, place } = useEditor.getState();
    sessionStorage.setItem(KEY, JSON.stringify({ id, place, view: useApp.getState().view }));
  };
  useEditor.subscribe(keep);
  useApp.subscribe(keep);
}

/** A page that was loaded again shows what it showed, where nothing was drawn meanwhile. */
async function backAsBefore(before: Shown | null, drafts: readonly DraftEntry[]): Promise<boolean> {
  if (!before || documentNow().nodes.length > 0) return false;
  if (drafts.some((d) => d.id === before.id)) await bringBack(before.id);
  else if (before.place !== null) await openPlace(before.place, null);
  else return false;
  return true;
}
