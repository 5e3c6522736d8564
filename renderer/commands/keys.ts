import { useApp } from '../state/app.ts';
import { matches } from '../ui/shortcut.ts';
import { commands } from './index.ts';
import { runCommand } from './run.ts';

/** Fields keep the keys that they use themselves. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  );
}

const onCanvas = (target: EventTarget | null) =>
  target === document.body || (target instanceof Element && target.closest('[data-scope="canvas"]') !== null);

/** Shortcuts of the registry. A dialog above keeps all of them out. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open], .menu')) return;
    const typing = isTyping(event.target);
    const canvas = onCanvas(event.target);
    // Space and Enter press the control that has the focus.
    const pressing =
      event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter');
    if (pressing) return;
    for (const command of commands) {
      const shortcut = command.shortcuts?.find((s) => matches(s, event));
      if (!shortcut) continue;
      if (command.scope && useApp.getState().view !== 'design') continue;
      if (command.scope === 'canvas' && (!canvas || typing)) continue;
      if (typing && (!shortcut.includes('Mod') || /Mod\+(Z|Shift\+Z|Y|A|X|C|V)$/.test(shortcut))) continue;
      event.preventDefault();
      void runCommand(command);
      return;
    }
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
