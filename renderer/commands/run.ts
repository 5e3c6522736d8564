import { useApp } from '../state/app.ts';
import { say, sayError } from '../ui/toasts.tsx';
import type { Command } from './command.ts';

/** A sentence where a command cannot run now. What nobody sees is not changed. */
export function whyNot({ scope, blocked }: Command): string | undefined {
  if (scope && useApp.getState().view !== 'design') return 'show the drawing first.';
  return blocked?.();
}

/** Runs a command; says why it cannot, or what went wrong. */
export async function runCommand(command: Command): Promise<void> {
  const why = whyNot(command);
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
