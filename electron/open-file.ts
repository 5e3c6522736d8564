/** Files that the system or the command line names, and a second start of Stemma. */
import { resolve } from 'node:path';
import { app } from 'electron';
import { bringUp, type Windows } from './windows.ts';

/** The system may ask before we are ready. */
const asked: string[] = [];
let open = (place: string): void => {
  asked.push(place);
};

/** Before Electron is ready. */
export function hearOpenFile(): void {
  app.on('open-file', (event, place) => {
    event.preventDefault();
    open(place);
  });
}

/** Drawings among a command line's words; Chromium adds switches of its own to them. */
export function drawingsIn(argv: readonly string[], folder: string): string[] {
  return argv
    .filter((word) => word.endsWith('.stemma') && !word.startsWith('-'))
    .map((word) => resolve(folder, word));
}

/** In the window that has it, in one that has nothing yet, or in a new one. */
function show(place: string, windows: Windows, grant: (place: string) => void): void {
  grant(place);
  const all = windows.all();
  const holder = all.find(({ state }) => state.place === place);
  const empty = all.find(({ state, listens }) => listens && state.place === null && !state.dirty);
  if (!holder && empty) {
    // Until it has told what became of it, the next file goes elsewhere.
    empty.listens = false;
    empty.caller.emit('documents.openRequest', { place });
  }
  bringUp(holder ?? empty ?? windows.open(place));
}

/** The first windows, and every file named from now on. */
export function openAsked(windows: Windows, grant: (place: string) => void): void {
  const places = [...asked, ...drawingsIn(process.argv.slice(1), process.cwd())];
  for (const place of new Set(places)) {
    grant(place);
    windows.open(place);
  }
  if (places.length === 0) windows.open(null);
  open = (place) => show(place, windows, grant);

  app.on('second-instance', (_event, argv, folder) => {
    const named = drawingsIn(argv.slice(1), folder);
    for (const place of named) open(place);
    if (named.length === 0) bringUp(windows.current() ?? windows.open(null));
  });
  app.on('activate', () => {
    if (windows.all().length === 0) windows.open(null);
  });
}
