import { join } from 'node:path';
import { keptHome } from '../base/home.node.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where libraries of engines are installed: `$STEMMA_HOME/engines`, else `engines` beside the runs. */
export const enginesHome = (env: Environment = process.env): string => join(keptHome(env), 'engines');

/** What is kept of one engine there. */
export function engineFolders(home: string, engine = 'tensorflow') {
  const folder = join(home, engine);
  return {
    folder,
    /** What is installed; replaced as a whole. */
    current: join(folder, 'current.json'),
    /** The folder that the person named. */
    named: join(folder, 'named.json'),
    /** Libraries that were tried, and what came of it. */
    tried: join(folder, 'tried.json'),
    lock: join(folder, 'lock.json'),
    /** Fetched wheels and parts of them: kept by what was cancelled, so that the next try goes on. */
    downloads: join(folder, 'downloads'),
    /** Begins the name of what is being unpacked. */
    stagingPrefix: 'staging-',
    /** Begins the name of what was installed. */
    versionPrefix: 'tensorflow-',
  };
}
