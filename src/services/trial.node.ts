/** Trials of an engine's library, each a probe in a trainer process of its own. */
import { AppError } from '../base/errors.ts';
import { writeDocument } from '../document/file.ts';
import type { RunTrial, Trial } from '../engines/install/trial.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import type { ForkTrainer } from './host.ts';
import { startJob } from './job.node.ts';
import { lastWords } from './memory-words.ts';
import { tinyDocument } from './tiny-document.ts';

const LIMIT_MS = 180_000;
/** A native engine is still getting faster in its first steps; a slow one need not be waited for as long. */
const STEPS = { tensorflow: 12, portable: 4 } as const;

const works: Record<Trial['work'], () => { document: string; recipe: Record<string, unknown> }> = {
  tiny: () => ({ document: tinyDocument('Trial'), recipe: { data: 'mnist', size: 12, batch: 8 } }),
  usual: () => ({
    document: writeDocument(findTemplate('resnet18').build({ ...defaultOptions, input: [32, 32, 1] })),
    recipe: { data: 'fashion-mnist', size: 32, batch: 32 },
  }),
};

/** What ends a process without a word of its own, for people. */
const signals: Readonly<Record<string, string>> = {
  SIGILL: 'the processor lacks instructions that it is built for',
  SIGSEGV: 'it crashed',
  SIGABRT: 'it gave up',
  SIGBUS: 'its file is cut off or unreadable',
};

function inWords(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'trainer/died') return error;
  const signal = /ended by (SIG\w+)/.exec(error.message)?.[1];
  const last = lastWords(/Its last words: (.*)/s.exec(error.message)?.[1] ?? '');
  const how = signal ? `${signals[signal] ?? 'it was ended'} (${signal})` : 'its process died';
  return new AppError('engine/crash', `${how}${last ? `; its last words: ${last}` : ''}.`, { cause: error });
}

export function trialsOn(fork: ForkTrainer): RunTrial {
  return async ({ work, on, signal }) => {
    const { engine } = on;
    const library = on.engine === 'tensorflow' && { library: { folder: on.folder, threads: on.threads } };
    // Threads are those of the processor, and the gain is told for it, whether or not there is a GPU too.
    const wish = work === 'usual' && engine === 'tensorflow' ? 'tensorflow@cpu' : engine;
    const job = { ...works[work](), engine: wish, steps: STEPS[engine], ...library };
    const handle = startJob(fork, 'probe', job);
    const end = (why: AppError) => handle.kill(why);
    const stop = () => end(new AppError('engine/cancelled', 'The trial was ended.'));
    const limit = setTimeout(
      () => end(new AppError('engine/slow', `${STEPS[engine]} steps took more than ${LIMIT_MS / 1000} s.`)),
      LIMIT_MS,
    );
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      return (await handle.result).stepMs;
    } catch (error) {
      throw inWords(error);
    } finally {
      clearTimeout(limit);
      signal?.removeEventListener('abort', stop);
    }
  };
}
