import { expect, test } from 'vitest';
import { type KeyLike, matches, showShortcut } from './shortcut.ts';

const key = (given: Partial<KeyLike>): KeyLike => ({
  ...{ key: '', code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...given,
});

test('Mod is Ctrl, and ⌘ on a Mac', () => {
  const ctrl = key({ key: 's', ctrlKey: true });
  const command = key({ key: 's', metaKey: true });
  expect([matches('Mod+S', ctrl, false), matches('Mod+S', command, false)]).toEqual([true, false]);
  expect([matches('Mod+S', ctrl, true), matches('Mod+S', command, true)]).toEqual([false, true]);
});

test('Shift counts for letters and named keys, not for characters that need it', () => {
  expect(matches('Mod+Z', key({ key: 'Z', ctrlKey: true, shiftKey: true }), false)).toBe(false);
  expect(matches('Mod+Shift+Z', key({ key: 'Z', ctrlKey: true, shiftKey: true }), false)).toBe(true);
  expect(matches('Delete', key({ key: 'Delete', shiftKey: true }), false)).toBe(false);
  expect(matches('?', key({ key: '?', shiftKey: true }), false)).toBe(true);
});

test('digits go by their key where Shift or a layout changes the character', () => {
  expect(matches('Shift+1', key({ key: '!', code: 'Digit1', shiftKey: true }), false)).toBe(true);
  expect(matches('Mod+1', key({ key: '&', code: 'Digit1', ctrlKey: true }), false)).toBe(true);
});

test('a plain key is not meant where Ctrl or Alt is held', () => {
  expect(matches('B', key({ key: 'b', ctrlKey: true }), false)).toBe(false);
  expect(matches('B', key({ key: 'b', altKey: true }), false)).toBe(false);
  expect(matches('Space', key({ key: ' ' }), false)).toBe(true);
});

test('shown as the system writes it', () => {
  expect(showShortcut('Mod+Shift+S', false)).toBe('Ctrl+Shift+S');
  expect(showShortcut('Mod+Shift+S', true)).toBe('⌘⇧S');
});
