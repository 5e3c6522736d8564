/** Windows and dialogs of the system, as the services ask for them. */
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import type { HostUi } from '../src/services/host.ts';
import { closeNow } from './closing.ts';
import { showMenu } from './menu.ts';
import { openLink } from './security.ts';
import { showState, type Windows } from './windows.ts';

const EXTENSION = 'stemma';
const drawings = [{ name: 'Stemma drawing', extensions: [EXTENSION] }];

/** The system's dialog does not append it everywhere. */
const withExtension = (place: string) => (place.endsWith(`.${EXTENSION}`) ? place : `${place}.${EXTENSION}`);

export function createUi(windows: Windows, documentsFolder: string): HostUi {
  /** Null where the window closed while its page was asking. */
  const windowOf = (caller: Parameters<HostUi['chooseOpen']>[0]) => windows.of(caller)?.window;

  return {
    async chooseOpen(caller) {
      const window = windowOf(caller);
      if (!window) return null;
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a drawing',
        defaultPath: documentsFolder,
        filters: drawings,
        properties: ['openFile'],
      });
      return filePaths[0] ?? null;
    },
    async chooseSave(caller, suggested) {
      const window = windowOf(caller);
      if (!window) return null;
      const { filePath } = await dialog.showSaveDialog(window, {
        title: 'Save the drawing',
        defaultPath: join(documentsFolder, withExtension(suggested)),
        filters: drawings,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return filePath ? withExtension(filePath) : null;
    },
    async choosePlace(caller, suggested, folder) {
      const window = windowOf(caller);
      if (!window) return null;
      const { filePath } = await dialog.showSaveDialog(window, {
        title: folder ? 'Export into a new folder' : 'Export into a file',
        buttonLabel: 'Export',
        defaultPath: join(documentsFolder, suggested),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return filePath || null;
    },
    async chooseData(caller, csv) {
      const window = windowOf(caller);
      if (!window) return null;
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: csv ? 'Choose a CSV of paths and labels' : 'Choose the folder of your pictures',
        ...(csv && { filters: [{ name: 'CSV', extensions: ['csv', 'tsv', 'txt'] }] }),
        properties: [csv ? 'openFile' : 'openDirectory'],
      });
      return filePaths[0] ?? null;
    },
    reveal: (place) => shell.showItemInFolder(place),
    trash: (place) => shell.trashItem(place),
    openLink,
    openWindow: (place) => void windows.open(place),
    setWindowState(caller, state) {
      const entry = windows.of(caller);
      if (entry) showState(entry, state);
    },
    setMenu(caller, menu) {
      const entry = windows.of(caller);
      if (entry) showMenu(entry, menu, windows);
    },
    closeWindow(caller) {
      const entry = windows.of(caller);
      if (entry) closeNow(entry);
    },
    addRecent: (place) => app.addRecentDocument(place),
  };
}
