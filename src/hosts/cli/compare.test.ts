import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeDocument } from '../../document/file.ts';
import { createRun } from '../../runs/store.node.ts';
import { findTemplate } from '../../templates/index.ts';
import { defaultOptions } from '../../templates/template.ts';
import { compareRuns } from './compare.node.ts';

const home = mkdtempSync(join(tmpdir(), 'stemma-compare-'));
afterAll(() => rmSync(home, { recursive: true }));

async function stored(shortcut: string, testAccuracy: number): Promise<string> {
  const document = findTemplate('resnet20-cifar').build({ ...defaultOptions, set: { shortcut } });
  const run = await createRun(home, {
    title: shortcut,
    recipe: { data: 'mnist' },
    environment: { engine: 'portable' },
    document: writeDocument(document),
  });
  await run.setState({ state: 'finished', summary: { testAccuracy } });
  await run.close();
  return basename(run.folder);
}

test('compare-runs tells results and the changes of the drawing', async () => {
  const runs = [await stored('auto', 0.9), await stored('none', 0.5)];
  const { text, json } = await compareRuns(runs, { runs: home });
  expect(text).toContain('90.00 % *');
  expect(text).toContain('  ~ stage2: shortcut auto → none');
  const { changes } = json as { changes: { run: string; changes: { text: string }[] }[] };
  expect(changes.map((c) => [c.run, c.changes.length])).toEqual([[runs[1], 3]]);
  await expect(compareRuns([runs[0] as string, 'nobody'], { runs: home })).rejects.toThrow(/nobody/);
});
