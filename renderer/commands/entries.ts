import type { MenuEntry } from '../ui/Menu.tsx';
import { findCommand } from './index.ts';
import { runCommand, whyNot } from './run.ts';

/** Commands as entries of a menu, by their ids; '---' parts them. */
export function entriesOf(ids: readonly string[]): MenuEntry[] {
  return ids.map((id): MenuEntry => {
    const command = findCommand(id);
    if (!command) return 'separator';
    const why = whyNot(command);
    return {
      title: command.title,
      shortcut: command.shortcuts?.[0],
      disabled: why !== undefined,
      hint: why && `Not now: ${why}`,
      checked: command.checked?.(),
      run: () => void runCommand(command),
    };
  });
}
