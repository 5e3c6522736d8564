/** Which number of threads is the fastest here, and what the engine gains over the portable one. */
import { availableParallelism } from 'node:os';
import type { Gain } from './installed.node.ts';
import type { Watching } from './progress.ts';
import { type RunTrial, threadCounts, USUAL_WORK } from './trial.ts';

export interface Measured {
  readonly threads: number;
  readonly gain: Gain;
}

/** @throws AppError as `run` does */
export async function measure(
  folder: string,
  run: RunTrial,
  { signal, onProgress }: Watching,
  cores = availableParallelism(),
): Promise<Measured> {
  const counts = threadCounts(cores);
  const total = counts.length + 1;
  let done = 0;
  const watched = { ...(signal && { signal }) };
  const tell = (message: string) => onProgress?.({ phase: 'measuring', done: done++, total, message });
  let best: { threads: number; stepMs: number } | undefined;
  for (const threads of counts) {
    tell(`Measuring a step with ${threads} ${threads === 1 ? 'thread' : 'threads'} …`);
    const stepMs = await run({ work: 'usual', on: { engine: 'tensorflow', folder, threads }, ...watched });
    if (!best || stepMs < best.stepMs) best = { threads, stepMs };
  }
  tell('Measuring the portable engine, to compare …');
  const portableStepMs = await run({ work: 'usual', on: { engine: 'portable' }, ...watched });
  const { threads, stepMs } = best as { threads: number; stepMs: number };
  return { threads, gain: { portableStepMs, tensorflowStepMs: stepMs, work: USUAL_WORK } };
}
