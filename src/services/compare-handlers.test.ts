import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRun } from '../runs/store.node.ts';
import { createCompareHandlers } from './compare-handlers.node.ts';
import { callSchemas } from './contract.ts';

const runsHome = mkdtempSync(join(tmpdir(), 'stemma-documents-'));
afterAll(() => rmSync(runsHome, { recursive: true }));

test('drawings of many runs, in order; null where one cannot be read', async () => {
  const run = await createRun(runsHome, { title: 'a', recipe: {}, environment: {}, document: 'text' });
  await run.close();
  const handlers = createCompareHandlers({ runsHome });
  const caller = { id: 'test', emit: () => {} };
  const answer = await handlers['runs.documents']({ runs: ['gone', basename(run.folder), '..'] }, caller);
  expect(answer).toEqual([null, 'text', null]);
});

test('of a hundred runs at most at once', () => {
  const schema = callSchemas['runs.documents'];
  expect(schema.safeParse({ runs: Array(100).fill('a') }).success).toBe(true);
  expect(schema.safeParse({ runs: Array(101).fill('a') }).success).toBe(false);
  expect(schema.safeParse({ runs: [''] }).success).toBe(false);
});
