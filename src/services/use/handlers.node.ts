/** Calls on what was trained. */
import { AppError } from '../../base/errors.ts';
import { readDocument } from '../../document/file.ts';
import { networkOf } from '../../lower/index.ts';
import { openRun } from '../../runs/store.node.ts';
import type { Handlers } from '../contract.ts';
import { isKnownType } from '../documents.node.ts';
import type { ForkTrainer } from '../host.ts';
import { matchFrom } from './from.node.ts';
import { type HoldOptions, OpenNetworks } from './open-networks.node.ts';

type Calls = Extract<keyof Handlers, `${'predict' | 'inspect'}.${string}`> | 'training.match';

export interface UseServices {
  readonly handlers: Pick<Handlers, Calls>;
  /** How many networks are held open. */
  openCount(): number;
  dispose(): void;
}

export function createUseHandlers(
  runsHome: string,
  fork: ForkTrainer,
  options: HoldOptions = {},
): UseServices {
  const networks = new OpenNetworks(fork, options);
  const folderOf = (run: string) => openRun(runsHome, run).folder;
  return {
    handlers: {
      'training.match': ({ document, from: { run, checkpoint }, classes }) => {
        const network = networkOf(readDocument(document, 'the drawing', isKnownType));
        const from = { run: folderOf(run), ...(checkpoint !== undefined && { checkpoint }) };
        return matchFrom(from, { network, classes });
      },
      'predict.open': ({ run }) => networks.ask(folderOf(run), { kind: 'open' }),
      'predict.run': ({ run, ...question }) => networks.ask(folderOf(run), { kind: 'predict', ...question }),
      'inspect.maps': ({ run, ...question }) => networks.ask(folderOf(run), { kind: 'maps', ...question }),
      'inspect.filters': ({ run, path }) => networks.ask(folderOf(run), { kind: 'filters', path }),
      'predict.close': ({ run }) => {
        networks.close(folderOf(run));
        return null;
      },
    },
    openCount: () => networks.count,
    dispose: () => networks.dispose(new AppError('host/closing', 'Stemma closes.')),
  };
}
