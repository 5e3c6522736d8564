/** Calls on files: drawings, drafts, settings, and the host's window. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { inTurn } from '../base/in-turn.ts';
import { machineMemory } from '../base/memory.node.ts';
import { realPlace } from '../base/real-path.node.ts';
import { readDocument, writeDocument } from '../document/file.ts';
import type { Caller, Handlers } from './contract.ts';
import { isKnownType, readDrawing, saveDocument } from './documents.node.ts';
import { Drafts } from './drafts.node.ts';
import type { HostUi, ServiceOptions } from './host.ts';
import { entryOf, type Places } from './places.node.ts';
import { SettingsFile } from './settings.node.ts';

type Calls = Extract<
  keyof Handlers,
  `${'app' | 'settings' | 'documents' | 'drafts' | 'window' | 'shell'}.${string}`
>;

/** Changes with the content. */
const tagOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

export function createDocumentHandlers(options: ServiceOptions, places: Places) {
  const { ui, documentsFolder, stateHome } = options;
  const drafts = new Drafts(stateHome);
  const settings = new SettingsFile(stateHome);
  const first = new Map<string, string>();
  /** Two pages that save one file at once: the second sees what the first wrote. */
  const saving = inTurn();

  const dialogs = (): HostUi => {
    if (ui) return ui;
    throw new AppError('host/no-dialogs', 'Stemma runs in a browser: there is no dialog of the system.', {
      hint: 'Use the list of drawings, or the browser’s own up- and download.',
    });
  };

  const remember = async (place: string) => {
    ui?.addRecent(place);
    // The drawing itself was read or saved: that a list of names cannot be kept must not be told as its failure.
    await places.addRecent(place).catch(() => {});
  };

  async function save(place: string, text: string, expected: string | null) {
    places.check(place);
    const name = basename(place);
    // What is no drawing is refused before the file is looked at.
    const document = readDocument(text, name, isKnownType);
    if (existsSync(place)) {
      if (expected === null && !places.mayReplace(place))
        throw new AppError('document/exists', `${name} exists already.`, {
          hint: 'Replace it, or save under another name.',
        });
      if (expected !== null && tagOf(await readDrawing(place)) !== expected)
        throw new AppError('document/changed', `${name} was changed by somebody else since you opened it.`, {
          hint: 'Replace it, or save under another name.',
        });
    }
    // Where it is a link, the file that it leads to, so that it stays one.
    await saveDocument(realPlace(place), document);
    await remember(place);
    return { place, name, tag: tagOf(writeDocument(document)) };
  }

  const handlers: Pick<Handlers, Calls> = {
    'app.memory': () => machineMemory(),
    'app.info': (_, caller) => ({
      ...{ host: options.host, version: options.version, platform: process.platform },
      ...{ dialogs: ui !== null, documentsFolder, runsFolder: options.runsHome },
      open: first.get(caller.id) ?? null,
    }),
    'settings.get': () => settings.get(),
    'settings.set': (change) => settings.set(change),
    'documents.list': () => ({
      folder: documentsFolder,
      documents: (existsSync(documentsFolder) ? readdirSync(documentsFolder) : [])
        .filter((name) => name.endsWith('.stemma') && !name.startsWith('.'))
        .map((name) => join(documentsFolder, name))
        // A link that leads elsewhere would be refused when it is opened.
        .filter((place) => places.isGranted(place))
        .flatMap((place) => entryOf(place) ?? [])
        .sort((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1)),
      recent: places.recent(),
    }),
    async 'documents.open'({ place }) {
      places.check(place);
      const text = await readDrawing(place);
      await remember(place);
      return { place, name: basename(place), text, tag: tagOf(text) };
    },
    'documents.save': ({ place, text, expected }) => saving(() => save(place, text, expected)),
    'documents.placeFor'({ name }) {
      const place = places.placeFor(name);
      return { place, exists: existsSync(place) };
    },
    async 'documents.chooseOpen'(_, caller) {
      const place = await dialogs().chooseOpen(caller);
      if (place === null) return null;
      places.grant(place);
      return { place };
    },
    async 'documents.chooseSave'({ suggested }, caller) {
      const place = await dialogs().chooseSave(caller, suggested);
      if (place === null) return null;
      places.grantReplacing(place);
      return { place };
    },
    async 'drafts.put'(draft, caller) {
      // Whoever reads the draft may open its place.
      if (draft.place !== null) places.check(draft.place);
      await drafts.put(draft, caller);
      return null;
    },
    'drafts.list': () => drafts.list(),
    'drafts.read': ({ id }, caller) => {
      const draft = drafts.open(id, caller);
      // It was saved there before: the person named it then.
      if (draft.place !== null) places.grant(draft.place);
      return draft;
    },
    async 'drafts.drop'({ id }) {
      await drafts.drop(id);
      return null;
    },
    'window.state'(state, caller) {
      ui?.setWindowState(caller, state);
      return null;
    },
    'window.menu'(menu, caller) {
      ui?.setMenu(caller, menu);
      return null;
    },
    'window.open'({ place }) {
      if (place !== null) places.check(place);
      dialogs().openWindow(place);
      return null;
    },
    'window.close'(_, caller) {
      ui?.closeWindow(caller);
      return null;
    },
    'shell.reveal'({ place }) {
      dialogs().reveal(place);
      return null;
    },
    'shell.openLink'({ url }) {
      dialogs().openLink(url);
      return null;
    },
  };
  return {
    handlers,
    openFirst(caller: Caller, place: string) {
      places.grant(place);
      first.set(caller.id, place);
    },
    callerGone(caller: Caller, thrownAway = false) {
      drafts.release(caller, thrownAway);
      first.delete(caller.id);
    },
    /** A draft that was thrown away with the last window must not be offered at the next start. */
    async dispose() {
      await Promise.all([drafts.settled(), saving(async () => {})]);
    },
  };
}
