/** Where a host without folders of its own keeps things; Electron asks the system instead. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runsHome } from '../runs/home.node.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings, drafts, recent files: `$STEMMA_HOME/state`, else beside the runs' own folder. */
export function stateHome(env: Environment = process.env): string {
  if (env.STEMMA_HOME) return join(env.STEMMA_HOME, 'state');
  return join(dirname(runsHome(undefined, { ...env, STEMMA_RUNS: undefined })), 'state');
}

/** Drawings: `$STEMMA_HOME/documents`, else `Stemma` in the person's Documents where there are such, or in the home. */
export function documentsFolder(env: Environment = process.env, home = homedir()): string {
  if (env.STEMMA_HOME) return join(env.STEMMA_HOME, 'documents');
  const documents = join(home, 'Documents');
  return join(existsSync(documents) ? documents : home, 'Stemma');
}
