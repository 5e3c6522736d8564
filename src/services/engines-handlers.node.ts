/** Calls on engines' libraries: what can be installed, installing it, removing it. */
import { AppError } from '../base/errors.ts';
import { locateTensorFlow } from '../engines/tensorflow/locate.node.ts';
import type { Handlers } from './contract.ts';

type Calls = `engines.${'installation' | 'install' | 'cancelInstall' | 'remove'}`;

export function createEnginesHandlers(): { handlers: Pick<Handlers, Calls> } {
  const notYet = () => {
    throw new AppError('engine/install', 'Installing is not there yet.');
  };
  return {
    handlers: {
      'engines.installation': () => {
        const { library } = locateTensorFlow();
        const found = library && {
          ...{ folder: library.folder, version: library.version },
          ...{ source: library.source, gpu: library.gpu },
        };
        const nothing = { variants: [], client: null, installed: null, state: null };
        return {
          engine: 'tensorflow',
          ...nothing,
          why: 'Installing is not there yet.',
          found: found ?? null,
        };
      },
      'engines.install': notYet,
      'engines.cancelInstall': notYet,
      'engines.remove': notYet,
    },
  };
}
