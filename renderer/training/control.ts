import type { ActiveRun } from '../../src/services/contract.ts';

/** The run that is being trained. */
export function active(): ActiveRun | undefined {
  return undefined;
}

/** A sentence where training cannot start now. */
export function whyNotStart(): string | undefined {
  return undefined;
}

/** Shows the training view and starts with the recipe as it stands. */
export async function startTraining(): Promise<void> {}

export async function controlRun(_: 'pause' | 'resume' | 'stop' | 'cancel'): Promise<void> {}

/** Listens to the host's events; asks for what is being trained already. */
export function watchTraining(): void {}
