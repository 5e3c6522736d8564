/** What the host's window shows of the page: title, unsaved changes, the menu. */

import type { MenuDescription } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { useCanvasUi } from '../canvas/ui.ts';
import { findCommand } from '../commands/index.ts';
import { menus } from '../commands/menus.ts';
import { useApp } from '../state/app.ts';
import { type EditorState, isDirty, useEditor } from '../state/editor.ts';
import { sayError } from '../ui/toasts.tsx';

/** Of which the host's window makes its title. */
function windowState(state: EditorState) {
  const { title } = state.history.document;
  return { title, dirty: isDirty(state), place: state.place };
}

export function tellWindow(): void {
  let last = '';
  const tell = (state: EditorState) => {
    const now = windowState(state);
    const text = JSON.stringify(now);
    if (text === last) return;
    last = text;
    document.title = `${now.dirty ? '• ' : ''}${now.title} – Stemma`;
    if (useApp.getState().info) void bridge.call('window.state', now);
  };
  tell(useEditor.getState());
  useEditor.subscribe(tell);
  // The host is known a moment after the first telling.
  useApp.subscribe((now, before) => {
    if (now.info === before.info) return;
    last = '';
    tell(useEditor.getState());
  });
}

function describeMenu(): MenuDescription {
  return menus.map(({ title, items }) => ({
    title,
    items: items.map((id) => {
      const command = findCommand(id);
      if (!command) return { separator: true as const };
      const checked = command.checked?.();
      return {
        id,
        title: command.title,
        ...(command.shortcuts?.[0] && { shortcut: command.shortcuts[0] }),
        enabled: true,
        ...(checked !== undefined && { checked }),
      };
    }),
  }));
}

/** The system's menu, told again when a mark in it changes. Every entry stays enabled: what cannot run says why. */
export function tellMenu(): void {
  let last = '';
  const tell = () => {
    if (useApp.getState().info?.host !== 'electron') return;
    const menu = describeMenu();
    const text = JSON.stringify(menu);
    if (text === last) return;
    last = text;
    call('window.menu', menu).catch(sayError);
  };
  tell();
  useApp.subscribe(tell);
  useCanvasUi.subscribe((now, before) => {
    if (now.minimap !== before.minimap) tell();
  });
}
