/** Answers what a test asks over the line between the two processes. */
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { log, noted, preventable } from './notes.ts';
import type { Ask, Control, MenuEntry, Told } from './protocol.ts';
import { invokeHandlers, requestThroughScheme } from './registries.ts';
import { answerDialogs, clickNotification, menuNow, permissions, type TemplateEntry } from './system.ts';

function find(id: number): BrowserWindow {
  const window = app.windows.find((one) => one.id === id);
  if (!window) throw new Error(`There is no window ${id}.`);
  return window;
}

async function evaluate(id: number, expression: string): Promise<unknown> {
  const answer = await find(id).webContents.need().send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  const { result, exceptionDetails } = answer as {
    result: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Without functions, which cannot cross. */
function describe({ click: _click, submenu, ...entry }: TemplateEntry): MenuEntry {
  return { ...entry, ...(submenu && { submenu: submenu.map(describe) }) };
}

function clickIn(entries: readonly TemplateEntry[], id: string): boolean {
  for (const entry of entries) {
    if (entry.id === id && entry.enabled !== false) {
      entry.click?.();
      return true;
    }
    if (clickIn(entry.submenu ?? [], id)) return true;
  }
  return false;
}

const control: { [K in keyof Control]: (...words: Parameters<Control[K]>) => unknown } = {
  windows: () => app.windows.map((window) => window.describe()),
  evaluate,
  cdp: (id, method, params) => find(id).webContents.need().send(method, params),
  async request(url) {
    const answer = await requestThroughScheme(url);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  },
  invokeFrom(id, frame, channel, words) {
    const senderFrame = frame && { url: frame.url, parent: frame.nested ? {} : null };
    return invokeHandlers.get(channel)?.({ sender: find(id).webContents, senderFrame }, ...words);
  },
  navigate(id, name, url) {
    const event = preventable({ url });
    find(id).webContents.emit(name, event);
    return event.prevented;
  },
  openFrom: (id, url) => find(id).webContents.openHandler?.({ url }),
  permission(name, url) {
    let request = false;
    permissions.request(null, name, (allowed) => (request = allowed), { requestingUrl: url });
    return { request, check: permissions.check(null, name, url) };
  },
  answerDialogs,
  closeWindow: (id) => find(id).close(),
  focusWindow: (id) => find(id).focus(),
  emitApp(name, words) {
    const event = preventable({});
    app.emit(name, event, ...words);
    return event.prevented;
  },
  menu: () => menuNow.template.map(describe),
  clickMenu(id) {
    if (!clickIn(menuNow.template, id)) throw new Error(`The menu has no enabled entry '${id}'.`);
  },
  clickNotification,
  quit: () => app.quit(),
  noted: () => noted,
  log: () => log,
};

export function answerTests(): void {
  const tell = (message: Told) => process.send?.(message);
  process.on('message', async ({ id, method, words }: Ask) => {
    try {
      const value = await (control[method] as (...words: readonly unknown[]) => unknown)(...words);
      tell({ type: 'answer', id, value });
    } catch (error) {
      tell({ type: 'failed', id, message: (error as Error).message });
    }
  });
  // Nothing of ours outlives the test.
  process.on('disconnect', () => process.exit(1));
}
