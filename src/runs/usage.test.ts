import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runUsage } from './usage.node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stemma-usage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('everything in the folder, checkpoints told apart', () => {
  writeFileSync(join(folder, 'run.json'), '12345');
  expect(runUsage(folder)).toEqual({ totalBytes: 5, checkpointBytes: 0, checkpoints: 0 });
  mkdirSync(join(folder, 'checkpoints'));
  writeFileSync(join(folder, 'checkpoints', 'last.safetensors'), '1234567');
  writeFileSync(join(folder, 'checkpoints', 'best-3.safetensors'), '12');
  expect(runUsage(folder)).toEqual({ totalBytes: 14, checkpointBytes: 9, checkpoints: 2 });
});
