import { randomBytes } from 'node:crypto';

/** Letters and digits of a title, at most 40. */
function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return plain?.join('-').slice(0, 40).replace(/-$/, '') || 'run';
}

/** Sorts by time (UTC), says what it is, and differs: 2026-11-24-065012-resnet18-3f2a. */
export function newRunId(title: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `${stamp}-${slugOf(title)}-${randomBytes(2).toString('hex')}`;
}
