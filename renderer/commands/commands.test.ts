import { expect, test } from 'vitest';
import { commands, findCommand } from './index.ts';
import { menus } from './menus.ts';

test('every command has an id of its own', () => {
  expect(new Set(commands.map((c) => c.id)).size).toBe(commands.length);
});

test('no two commands share a shortcut where both count', () => {
  const taken = new Map<string, string>();
  for (const { id, shortcuts = [] } of commands)
    for (const shortcut of shortcuts) {
      const key = shortcut.toLowerCase();
      expect(taken.get(key), `${shortcut} of ${id}`).toBeUndefined();
      taken.set(key, id);
    }
});

test('every entry of the menus is a command', () => {
  const missing = menus.flatMap((m) => m.items).filter((id) => id !== '---' && !findCommand(id));
  expect(missing).toEqual([]);
});
