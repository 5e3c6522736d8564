/** For tests: the services of the training view on a real trainer process, with what they tell kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppError } from '../base/errors.ts';
import type { Caller, EventName, Events } from './contract.ts';
import type { ServiceOptions, TrainerProcess } from './host.ts';
import { nodeFork } from './node-fork.node.ts';
import { createTrainingHandlers } from './training-handlers.node.ts';

export const caller: Caller = { id: 'page', emit: () => {} };

/** What a call is refused with. */
export const failure = async (what: unknown): Promise<AppError> => {
  try {
    await what;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it was not refused');
};

export const tinyRecipe = { data: 'mnist', size: 12, batch: 32, limit: 320, epochs: 2, validation: 0.2 };
/** Does not end by itself in the time of a test. */
export const longRecipe = { ...tinyRecipe, limit: 0, epochs: 1000 };

export async function buildTrainer(): Promise<void> {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
}

type Told = { [K in EventName]: { readonly name: K; readonly value: Events[K] } }[EventName];

export function testingHost(overrides: Partial<ServiceOptions> = {}, granted: readonly string[] = []) {
  const home = mkdtempSync(join(tmpdir(), 'stemma-host-'));
  const told: Told[] = [];
  const processes: TrainerProcess[] = [];
  let heard = () => {};
  const fork = nodeFork(fileURLToPath(new URL('../../dist/trainer.mjs', import.meta.url)));
  const options: ServiceOptions = {
    ...{ host: 'web', version: '0', ui: null },
    fork() {
      const made = fork();
      processes.push(made);
      return made;
    },
    broadcast(name, value) {
      told.push({ name, value } as Told);
      heard();
    },
    stateHome: join(home, 'state'),
    documentsFolder: join(home, 'documents'),
    runsHome: join(home, 'runs'),
    ...overrides,
  };
  const services = createTrainingHandlers(options, (place) => granted.includes(place));
  const of = <K extends EventName>(name: K): Events[K][] =>
    told.filter((t) => t.name === name).map((t) => t.value as Events[K]);
  return {
    ...services,
    ...{ options, told, processes, of },
    /** The first event of a name, past or to come, that is as wanted. */
    async event<K extends EventName>(name: K, wanted: (value: Events[K]) => boolean = () => true) {
      for (;;) {
        const found = of(name).find(wanted);
        if (found) return found;
        await new Promise<void>((resolve) => (heard = resolve));
      }
    },
    async close() {
      await services.dispose(0);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
