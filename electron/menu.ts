/** The system's menu, made of what the page of the current window describes and of the system's own entries. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuDescription } from '../src/services/contract.ts';
import type { OpenWindow, Windows } from './windows.ts';

type Item = MenuItemConstructorOptions;
type DescribedItem = MenuDescription[number]['items'][number];

const mac = process.platform === 'darwin';
const described = new WeakMap<OpenWindow, MenuDescription>();

/** In text fields these belong to the system's entries below, or macOS would not copy text by keyboard. */
const editing = new Set(['Mod+Z', 'Mod+Shift+Z', 'Mod+X', 'Mod+C', 'Mod+V', 'Mod+A']);

/** A key alone, as Delete, must reach text fields; the page hears it anyway. */
const alone = (shortcut: string) => !shortcut.includes('+') && !/^F\d+$/.test(shortcut);

const separator: Item = { type: 'separator' };
const textEntries: Item = {
  label: 'Text',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ],
};

function itemOf(item: DescribedItem, choose: (id: string) => void): Item {
  if ('separator' in item) return separator;
  const { id, title, shortcut, enabled, checked } = item;
  const accelerator = shortcut && !alone(shortcut) && !editing.has(shortcut) ? shortcut : undefined;
  return {
    id,
    label: title,
    enabled,
    click: () => choose(id),
    ...(checked !== undefined && { type: 'checkbox' as const, checked }),
    // Shown only (macOS always obeys): the page hears its keys itself, and nothing may run twice.
    ...(accelerator && { accelerator: accelerator.replace('Mod', 'CmdOrCtrl'), registerAccelerator: false }),
  };
}

/** What the system adds at the end of a menu of this title. */
function systemItems(title: string): Item[] {
  if (title === 'File' && !mac) return [separator, { role: 'quit' }];
  if (title === 'Edit') return [separator, textEntries];
  if (title !== 'View') return [];
  const developer: Item[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [separator, { role: 'togglefullscreen' }, ...developer];
}

export function menuTemplate(menus: MenuDescription, choose: (id: string) => void): Item[] {
  // Before a page has told its menus, the system's entries stand alone.
  const missing = ['File', 'Edit', 'View'].filter((title) => !menus.some((menu) => menu.title === title));
  const all = [...menus, ...missing.map((title) => ({ title, items: [] }))];
  const built = all.map(({ title, items }): Item => {
    const own = items.map((item) => itemOf(item, choose));
    const system = systemItems(title);
    return { label: title, submenu: own.length > 0 ? [...own, ...system] : system.slice(1) };
  });
  const shown = built.filter(({ submenu }) => Array.isArray(submenu) && submenu.length > 0);
  return [...(mac ? [{ role: 'appMenu' as const }] : []), ...shown, { role: 'windowMenu' }];
}

function show(menus: MenuDescription, windows: Windows): void {
  const choose = (id: string) => windows.current()?.caller.emit('menu.command', { id });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menus, choose)));
}

/** What a page told is shown while its window is the current one. */
export function showMenu(entry: OpenWindow, menu: MenuDescription, windows: Windows): void {
  described.set(entry, menu);
  // A page that has told its menu hears what is asked of it.
  entry.listens = true;
  if (windows.current() === entry) show(menu, windows);
}

export function followFocus(entry: OpenWindow, windows: Windows): void {
  const showOwn = () => show(described.get(entry) ?? [], windows);
  entry.window.on('focus', showOwn);
  showOwn();
}
