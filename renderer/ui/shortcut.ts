/** Shortcuts as 'Mod+Shift+S': Mod is ⌘ on a Mac and Ctrl elsewhere. */

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macNames: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
const keyNames: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Escape: 'Esc',
  Backspace: isMac ? '⌫' : 'Backspace',
};

/** As a person reads it. */
export function showShortcut(shortcut: string, mac = isMac): string {
  const parts = shortcut.split('+').map((part) => keyNames[part] ?? part);
  return mac
    ? parts.map((part) => macNames[part] ?? part).join('')
    : parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
}

export interface KeyLike {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press is this shortcut. Letters go by what is typed, so other keyboard layouts work. */
export function matches(shortcut: string, event: KeyLike, mac = isMac): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) as string;
  const mod = parts.includes('Mod');
  if ((mac ? event.metaKey : event.ctrlKey) !== mod) return false;
  if ((mac ? event.ctrlKey : event.metaKey) !== parts.includes('Ctrl')) return false;
  if (event.altKey !== parts.includes('Alt')) return false;
  const named = key.length > 1;
  const shift = parts.includes('Shift');
  // '?' and '+' need Shift on many keyboards; what counts is the character.
  if ((named || /[a-z0-9]/i.test(key)) && event.shiftKey !== shift) return false;
  const pressed = event.key === ' ' ? 'Space' : event.key;
  return pressed.toLowerCase() === key.toLowerCase() || (/^[0-9]$/.test(key) && event.code === `Digit${key}`);
}
