import type { Command } from './command.ts';
import { compareCommands } from './compare.ts';
import { editCommands } from './edit.ts';
import { fileCommands } from './file.ts';
import { helpCommands } from './help.ts';
import { networkCommands } from './network.ts';
import { trainCommands } from './train.ts';
import { viewCommands } from './view.ts';

/** Every command. */
export const commands: readonly Command[] = [
  ...fileCommands,
  ...editCommands,
  ...viewCommands,
  ...networkCommands,
  ...trainCommands,
  ...compareCommands,
  ...helpCommands,
];

const byId = new Map(commands.map((command) => [command.id, command]));

export function findCommand(id: string): Command | undefined {
  return byId.get(id);
}

/** The shortcut that a tooltip shows. */
export const shortcutOf = (id: string) => byId.get(id)?.shortcuts?.[0];
