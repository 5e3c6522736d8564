/** Calls on a person's own pictures: what lies at a place, adding it, what was found, removing the registration. */
import { basename, extname, isAbsolute } from 'node:path';
import { AppError } from '../base/errors.ts';
import { isCsvPlace } from '../data/own/add.node.ts';
import { guessCsv } from '../data/own/list-csv.node.ts';
import { forget, isDamaged, registrations } from '../data/own/registration.node.ts';
import { ownDataOf } from './add-data.node.ts';
import type { CallArgument, Events, Handlers, OwnData } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { type JobHandle, startJob } from './job.node.ts';

type Calls = 'data.chooseFolder' | 'data.look' | 'data.add' | 'data.cancelAdd' | 'data.own' | 'data.remove';

function assertWhole(place: string): void {
  if (!isAbsolute(place))
    throw new AppError('data/folder', `${place} is not a whole path.`, {
      hint: 'Name it from the root of the disk on, as /home/me/pictures.',
    });
}

export function createOwnDataHandlers({
  ui,
  fork,
  broadcast,
}: Pick<ServiceOptions, 'ui' | 'fork' | 'broadcast'>) {
  let adding: JobHandle<OwnData> | undefined;

  async function look(place: string) {
    assertWhole(place);
    const isCsv = await isCsvPlace(place);
    const title = basename(place, isCsv ? extname(place) : '') || place;
    return { place, title, csv: isCsv ? await guessCsv(place) : null };
  }

  async function add(argument: CallArgument<'data.add'>): Promise<OwnData> {
    assertWhole(argument.place);
    if (adding)
      throw new AppError('data/busy', 'Other pictures are being added.', {
        hint: 'Wait until they are, or cancel that.',
      });
    const { place } = argument;
    const tell = (progress: Omit<Events['data.adding'], 'place'>) =>
      broadcast('data.adding', { place, ...progress });
    const handle = startJob(fork, 'addData', argument, (progress) => tell({ ...progress, over: false }));
    adding = handle;
    try {
      return await handle.result;
    } finally {
      adding = undefined;
      tell({ phase: 'measuring', done: 0, total: 0, broken: 0, over: true });
      broadcast('data.changed', {});
    }
  }

  const handlers: Pick<Handlers, Calls> = {
    'data.chooseFolder': async ({ csv }, caller) => {
      if (!ui)
        throw new AppError('host/no-dialogs', 'This host has no dialogs.', {
          hint: 'Type the path instead.',
        });
      const place = await ui.chooseData(caller, csv);
      return place === null ? null : { place };
    },
    'data.look': ({ place }) => look(place),
    'data.add': add,
    'data.cancelAdd': () => {
      adding?.post({ type: 'stop' });
      return null;
    },
    'data.own': async ({ id }) => {
      const found = registrations().find((each) => each.id === id);
      if (!found) throw new AppError('data/unknown', `There is no set of your own '${id}'.`);
      if (isDamaged(found)) throw new AppError('data/damaged', `${found.file} is damaged: ${found.why}.`);
      return ownDataOf(found);
    },
    'data.remove': async ({ id }) => {
      await forget(id);
      broadcast('data.changed', {});
      return null;
    },
  };
  return {
    handlers,
    dispose: () =>
      adding?.kill(new AppError('data/cancelled', 'Adding the pictures was ended: Stemma closes.')),
  };
}
