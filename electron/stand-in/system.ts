/** Dialogs, menus, permissions and the shell: noted, and answered as a test says. */
import { EventEmitter } from 'node:events';
import { note } from './notes.ts';
import type { MenuEntry } from './protocol.ts';

const answers: unknown[] = [];
const waiting: ((answer: unknown) => void)[] = [];

export function answerDialogs(more: readonly unknown[]): void {
  for (const answer of more) {
    const next = waiting.shift();
    if (next) next(answer);
    else answers.push(answer);
  }
}

/** With a window in front of the options, or without. */
function ask(what: string, words: unknown[]): Promise<unknown> {
  note(what, words.at(-1));
  if (answers.length > 0) return Promise.resolve(answers.shift());
  return new Promise((resolve) => waiting.push(resolve));
}

export const dialog = {
  showMessageBox: (...words: unknown[]) => ask('dialog.showMessageBox', words),
  showOpenDialog: (...words: unknown[]) => ask('dialog.showOpenDialog', words),
  showErrorBox: (title: string, words: string) => void process.stderr.write(`${title}: ${words}\n`),
  showSaveDialog: (...words: unknown[]) => ask('dialog.showSaveDialog', words),
};

export type TemplateEntry = Omit<MenuEntry, 'submenu'> & {
  readonly click?: () => void;
  readonly submenu?: readonly TemplateEntry[];
};
export const menuNow: { template: readonly TemplateEntry[] } = { template: [] };
export const Menu = {
  buildFromTemplate: (template: readonly TemplateEntry[]) => template,
  setApplicationMenu(template: readonly TemplateEntry[]) {
    menuNow.template = template;
  },
};

type RequestHandler = (
  contents: unknown,
  name: string,
  answer: (allowed: boolean) => void,
  details: { requestingUrl: string },
) => void;
type CheckHandler = (contents: unknown, name: string, origin: string) => boolean;

/** Electron allows what nobody denies. */
export const permissions: { request: RequestHandler; check: CheckHandler } = {
  request: (_contents, _name, answer) => answer(true),
  check: () => true,
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: RequestHandler) {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler) {
      permissions.check = handler;
    },
    setDevicePermissionHandler: () => note('session.setDevicePermissionHandler'),
  },
};

export const shell = {
  openExternal: async (url: string) => note('shell.openExternal', url),
  showItemInFolder: (place: string) => note('shell.showItemInFolder', place),
  trashItem: async (place: string) => note('shell.trashItem', place),
};

export class Notification extends EventEmitter {
  static isSupported = () => true;
  private readonly options: { readonly body: string };
  constructor(options: { body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    note('notification', this.options);
    process.stderr.write(`told "${this.options.body}"\n`);
    shownNotifications.push(this);
  }
}
const shownNotifications: Notification[] = [];
export const clickNotification = () => void shownNotifications.at(-1)?.emit('click');
