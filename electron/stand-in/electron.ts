/**
 * Stands in for the module `electron` where its program cannot be had: runs the built main process and preload, and
 * the built page in a real Chromium. It cannot show the sandbox, the fuses, the system's menus and dialogs, the cloning of
 * contextBridge, the scheme's own origin, the GPU, or utilityProcess; see smoke.test.ts for the real one.
 */

import { BrowserWindow } from './browser-window.ts';
import { answerTests } from './control.ts';
import { note } from './notes.ts';
import { invokeHandlers, schemes } from './registries.ts';

export { app } from './app.ts';
export { dialog, Menu, Notification, session, shell } from './system.ts';
export { utilityProcess } from './utility-process.ts';
export { BrowserWindow };

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...words: unknown[]) => unknown) =>
    void invokeHandlers.set(channel, handler),
};
export const protocol = {
  registerSchemesAsPrivileged: (list: unknown) => note('protocol.registerSchemesAsPrivileged', list),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
    void schemes.set(scheme, handler),
};
export const screen = { getPrimaryDisplay: () => ({ workAreaSize: { width: 1600, height: 1000 } }) };

answerTests();
