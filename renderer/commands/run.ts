import { say, sayError } from '../ui/toasts.tsx';
import type { Command } from './command.ts';

/** Runs a command; says why it cannot, or what went wrong. */
export async function runCommand(command: Command): Promise<void> {
  const why = command.blocked?.();
  if (why !== undefined) {
    say({ kind: 'info', text: `${command.title}: ${why}` });
    return;
  }
  try {
    await command.run();
  } catch (error) {
    sayError(error);
  }
}
