/** Where it was measured. */
import { cpus, release, totalmem, type } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from './results.ts';

function times(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times: t } of cpus()) {
    const sum = t.user + t.nice + t.sys + t.irq + t.idle;
    busy += sum - t.idle;
    all += sum;
  }
  return { busy, all };
}

/** Share of the processor that was used while we did nothing for so long. */
export async function busyShare(durationMs: number): Promise<number> {
  const before = times();
  await sleep(durationMs);
  const after = times();
  return (after.busy - before.busy) / Math.max(1, after.all - before.all);
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}

/** 2026-11-24-amd-epyc-2-cores */
export function resultName(date: string, { processor, cores }: Machine): string {
  const name = processor.toLowerCase().replaceAll(/\((r|tm)\)|processor|cpu|@.*$/g, ' ');
  return `${date.slice(0, 10)}-${name} ${cores} cores`.replaceAll(/[^a-z0-9]+/g, '-');
}
