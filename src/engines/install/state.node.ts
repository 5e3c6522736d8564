/** What is installed, and what would be used, for people. */
import { join } from 'node:path';
import { engineFolders, enginesHome } from '../home.node.ts';
import { locateTensorFlow } from '../tensorflow/locate.node.ts';
import { readInstalled } from './installed.node.ts';

export function installationNow(env: Readonly<Record<string, string | undefined>> = process.env) {
  const folders = engineFolders(enginesHome(env));
  const { installed } = readInstalled(folders.current);
  const { library } = locateTensorFlow(env);
  return {
    installed: installed
      ? {
          ...{
            version: installed.version,
            gpu: installed.gpu,
            diskBytes: installed.diskBytes,
            at: installed.at,
          },
          ...{ threads: installed.threads, measured: installed.measured },
          folder: join(folders.folder, installed.folder),
        }
      : null,
    found: library
      ? {
          ...{ folder: library.folder, version: library.version },
          ...{ source: library.source, gpu: library.gpu },
        }
      : null,
  };
}
