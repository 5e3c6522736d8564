/** Electron's main process: what is done in which order. How stands in the files beside it. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { describeError } from '../src/base/errors.ts';
import { runsHome } from '../src/runs/home.node.ts';
import { createServices } from '../src/services/services.node.ts';
import { trainInBackground } from './background.ts';
import { guardClosing } from './closing.ts';
import { forkTrainer } from './fork.ts';
import { answerCalls } from './ipc.ts';
import { followFocus } from './menu.ts';
import { followTraining } from './notify.ts';
import { hearOpenFile, openAsked } from './open-file.ts';
import { watchPage } from './page-gone.ts';
import { askBeforeQuitting } from './quitting.ts';
import { reserveScheme, serveScheme } from './scheme.ts';
import { confinePages, denyPermissions } from './security.ts';
import { createUi } from './ui.ts';
import { createWindows } from './windows.ts';

/** `dist`: we are `dist/electron/main.mjs`. */
const dist = join(import.meta.dirname, '..');

function start(): void {
  denyPermissions();
  serveScheme(join(dist, 'renderer'));

  const stateHome = app.getPath('userData');
  const documentsFolder = join(app.getPath('documents'), 'Stemma');
  const windows = createWindows(join(import.meta.dirname, 'preload.cjs'), stateHome, {
    opened(entry, place) {
      quitting.windowOpened();
      guardClosing(entry, quitting.cancelled);
      background.guard(entry);
      watchPage(entry, () => services.callerGone(entry.caller));
      followFocus(entry, windows);
      if (place !== null) services.openFirst(entry.caller, place);
    },
    closed(entry) {
      services.callerGone(entry.caller, entry.thrownAway);
      quitting.windowClosed();
    },
  });
  const background = trainInBackground(
    () => services,
    windows,
    () => quitting,
  );
  const hear = followTraining(windows, () => quitting.isLeaving());
  const services = createServices({
    host: 'electron',
    version: app.getVersion(),
    ui: createUi(windows, documentsFolder),
    fork: () => forkTrainer(join(dist, 'trainer.mjs')),
    broadcast: (name, value) => {
      for (const { caller } of windows.all()) caller.emit(name, value);
      hear(name, value);
      background.hear(name);
    },
    stateHome,
    documentsFolder,
    runsHome: runsHome(),
  });
  const quitting = askBeforeQuitting(services, windows);
  answerCalls(services.handlers, (contents) => windows.holding(contents)?.caller, quitting.answered);
  openAsked(windows, services.grant);
}

/** Without a window nobody could tell why there is none. */
function failed(error: unknown): void {
  dialog.showErrorBox('Stemma could not start', describeError(error));
  app.exit(1);
}

reserveScheme();
app.enableSandbox();
confinePages();
hearOpenFile();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(failed);
else app.quit();
