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

/** Takes two seconds, in which nothing of ours runs. */
export async function describeMachine(): Promise<Machine> {
  const before = times();
  await sleep(2000);
  const after = times();
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    busy: (after.busy - before.busy) / Math.max(1, after.all - before.all),
  };
}

/** 2026-11-24-amd-epyc-2-cores */
export function resultName(date: string, { processor, cores }: Machine): string {
  const name = processor.toLowerCase().replaceAll(/\((r|tm)\)|processor|cpu|@.*$/g, ' ');
  return `${date.slice(0, 10)}-${name} ${cores} cores`.replaceAll(/[^a-z0-9]+/g, '-');
}
