/** Our windows: each has a page, a caller for the services, and the state that its page told last. */
import { BrowserWindow, type WebContents } from 'electron';
import type { Caller } from '../src/services/contract.ts';
import { EVENT } from './channels.ts';
import { START_URL } from './origin.ts';
import { recallSize, rememberSize } from './window-size.ts';

export interface PageState {
  readonly title: string;
  readonly dirty: boolean;
  readonly place: string | null;
}

export interface OpenWindow {
  readonly window: BrowserWindow;
  readonly caller: Caller;
  state: PageState;
  /** Its page runs, and nothing that it was asked to open is still to come. */
  listens: boolean;
  /** Asked and answered, or saved: closing needs no question any more. */
  mayClose: boolean;
  /** The person said "Don't save". */
  thrownAway: boolean;
}

/** What others do when windows come and go, each in its own file. */
export interface WindowHooks {
  opened(entry: OpenWindow, place: string | null): void;
  closed(entry: OpenWindow): void;
}

export interface Windows {
  open(place: string | null): OpenWindow;
  all(): readonly OpenWindow[];
  /** The one that a page lives in. */
  holding(contents: WebContents): OpenWindow | undefined;
  /** The one that a caller stands for; a page that is gone has none. */
  of(caller: Caller): OpenWindow | undefined;
  /** The one last worked in. */
  current(): OpenWindow | undefined;
}

function callerFor(window: BrowserWindow): Caller {
  const { webContents } = window;
  return {
    id: `window-${window.id}`,
    emit: (name, value) => {
      if (!webContents.isDestroyed()) webContents.send(EVENT, name, value);
    },
  };
}

function makeWindow(preload: string, stateHome: string): BrowserWindow {
  const { maximized, ...size } = recallSize(stateHome);
  const window = new BrowserWindow({
    ...size,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Stemma',
    // The page draws the same menus; Alt shows the system's.
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => rememberSize(stateHome, window));
  // Ours says the drawing's name; the page's own would replace it.
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

export function createWindows(preload: string, stateHome: string, hooks: WindowHooks): Windows {
  /** The one last worked in stands last. */
  const entries: OpenWindow[] = [];
  const forget = (entry: OpenWindow) => void entries.splice(entries.indexOf(entry), 1);

  return {
    open(place) {
      const window = makeWindow(preload, stateHome);
      const entry: OpenWindow = {
        window,
        caller: callerFor(window),
        state: { title: 'Untitled', dirty: false, place },
        listens: false,
        mayClose: false,
        thrownAway: false,
      };
      entries.push(entry);
      window.on('focus', () => {
        forget(entry);
        entries.push(entry);
      });
      window.on('closed', () => {
        forget(entry);
        hooks.closed(entry);
      });
      hooks.opened(entry, place);
      void window.loadURL(START_URL);
      return entry;
    },
    all: () => entries,
    holding: (contents) => entries.find(({ window }) => window.webContents === contents),
    of: (caller) => entries.find((entry) => entry.caller === caller),
    current: () => entries.at(-1),
  };
}

/** Title, the system's mark of unsaved changes, and the file that the window stands for. */
export function showState(entry: OpenWindow, state: PageState): void {
  entry.state = state;
  entry.listens = true;
  const { window } = entry;
  // Only macOS shows an edited window by itself.
  const mark = state.dirty && process.platform !== 'darwin' ? '• ' : '';
  window.setTitle(`${mark}${state.title} – Stemma`);
  window.setDocumentEdited(state.dirty);
  window.setRepresentedFilename(state.place ?? '');
}

export function bringUp({ window }: OpenWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
