/** Services of a test, bundled into main in place of ours: they say what main asked of them. */
import { AppError } from '../../src/base/errors.ts';
import {
  type ActiveRun,
  type Caller,
  type CallName,
  callSchemas,
  type Handlers,
} from '../../src/services/contract.ts';
import type { ServiceOptions, Services, TrainerProcess } from '../../src/services/host.ts';

/** A quarter of it is done. */
const state: ActiveRun = {
  ...{ run: 'r1', title: 'My net', phase: 'training', document: '', recipe: {} },
  ...{ engine: '', engineWhy: '', device: '', totalSteps: 8, stepsPerEpoch: 8, step: 2 },
  ...{ imagesPerSecond: null, pace: null, secondsLeft: null, memoryBytes: 0, warnings: [] },
};

export function createServices(options: ServiceOptions): Services {
  const { ui } = options;
  const { STEMMA_TEST_FAILS } = process.env;
  if (STEMMA_TEST_FAILS) throw new AppError('test/fails', STEMMA_TEST_FAILS);
  if (!ui) throw new Error('Electron has windows.');
  const first = new Map<string, string>();
  const granted: string[] = [];
  const trainers = new Set<TrainerProcess>();
  const say = (line: string) => process.stderr.write(`${line}\n`);

  function train(): { run: string } {
    const trainer = options.fork();
    trainers.add(trainer);
    const tell = (title: string) =>
      options.broadcast('data.progress', {
        id: title,
        file: '',
        received: 0,
        total: 0,
        done: false,
        error: null,
      });
    trainer.onMessage((message) => tell(`said ${JSON.stringify(message)}`));
    trainer.onExit(({ code, said }) => {
      trainers.delete(trainer);
      tell(`ended ${code}: ${said}`);
      options.broadcast('training.ended', { run: 'r1', state: 'finished', reason: '' });
    });
    trainer.post({ type: 'start' });
    options.broadcast('training.state', state);
    return { run: 'r1' };
  }

  const done = (_nothing: unknown) => null;

  const known: Partial<Handlers> = {
    'app.info': (_nothing, caller) => ({
      host: options.host,
      version: options.version,
      platform: process.platform,
      dialogs: true,
      documentsFolder: options.documentsFolder,
      runsFolder: options.runsHome,
      open: first.get(caller.id) ?? null,
    }),
    'documents.list': () => ({
      folder: '',
      documents: granted.map((place) => ({ place, name: '', modifiedAt: '', sizeBytes: 0 })),
      recent: [],
    }),
    'documents.chooseOpen': async (_nothing, caller) => {
      const place = await ui.chooseOpen(caller);
      return place === null ? null : { place };
    },
    'documents.chooseSave': async ({ suggested }, caller) => {
      const place = await ui.chooseSave(caller, suggested);
      return place === null ? null : { place };
    },
    'data.chooseFolder': async ({ csv }, caller) => {
      const place = await ui.chooseData(caller, csv);
      return place === null ? null : { place };
    },
    'window.state': (state, caller) => done(ui.setWindowState(caller, state)),
    'window.menu': (menu, caller) => done(ui.setMenu(caller, menu)),
    'window.open': ({ place }) => done(ui.openWindow(place)),
    'window.close': (_nothing, caller) => done(ui.closeWindow(caller)),
    'shell.openLink': ({ url }) => done(ui.openLink(url)),
    'training.start': train,
    'training.control': ({ action }) => {
      for (const trainer of trainers) {
        if (action === 'cancel') trainer.kill();
        else trainer.post({ type: action });
      }
      return null;
    },
  };
  const missing = (name: CallName) => () => {
    throw new AppError('test/missing', `The test's services do not answer ${name}.`);
  };
  const names = Object.keys(callSchemas) as CallName[];
  return {
    handlers: { ...Object.fromEntries(names.map((name) => [name, missing(name)])), ...known } as Handlers,
    grant: (place) => void granted.push(place),
    openFirst: (caller: Caller, place) => void first.set(caller.id, place),
    callerGone(caller, thrownAway) {
      say(`gone ${caller.id}${thrownAway ? ', thrown away' : ''}`);
      if (process.env.STEMMA_TEST_ENDS) for (const trainer of trainers) trainer.post({ type: 'stop' });
    },
    activeRuns: () => trainers.size,
    async dispose(graceMs) {
      say(`disposed of ${trainers.size} trainers within ${graceMs} ms`);
      const ends = [...trainers].map(
        (trainer) => new Promise<void>((resolve) => trainer.onExit(() => resolve())),
      );
      for (const trainer of trainers) trainer.post({ type: 'stop' });
      await Promise.all(ends);
      say(`left: ${trainers.size}`);
    },
  };
}
