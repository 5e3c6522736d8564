import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addExport, createRun } from '../runs/store.node.ts';
import type { HostUi } from './host.ts';
import { createServices } from './services.node.ts';
import { caller, failure } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stemma-services-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('only Stemma’s own files are shown in their folder, and exports wherever the person put them', async () => {
  const shown: string[] = [];
  const { handlers } = createServices({
    ...{ host: 'electron', version: '0', broadcast() {} },
    ui: { reveal: (place: string) => void shown.push(place) } as unknown as HostUi,
    fork() {
      throw new Error('no trainer in this test');
    },
    stateHome: join(home, 'state'),
    documentsFolder: join(home, 'documents'),
    runsHome: join(home, 'runs'),
  });
  const reveal = async (place: string) => handlers['shell.reveal']({ place }, caller);
  const run = await createRun(join(home, 'runs'), {
    ...{ title: 'a', recipe: {}, environment: {}, document: tinyDocument() },
  });
  await run.close();
  const place = join(home, 'elsewhere', 'a.safetensors');
  const entry = { format: 'safetensors', at: '2026-01-01T00:00:00Z', by: 'us', samples: 1 };
  await addExport(run.folder, { ...entry, place, largestDifference: 0, agreement: 1 });

  for (const other of ['/etc/passwd', join(home, 'state', 'settings.json'), place, 'a', '..'])
    expect(await failure(reveal(other))).toMatchObject({ code: 'place/refused' });
  await handlers['runs.open']({ run: basename(run.folder) }, caller);
  for (const ours of [place, run.folder, join(home, 'documents', 'exports', 'a')]) await reveal(ours);
  expect(shown).toEqual([place, run.folder, join(home, 'documents', 'exports', 'a')]);
});

test('at the end what was thrown away is gone, and no trainer begins any more', async () => {
  let forks = 0;
  const services = createServices({
    ...{ host: 'electron', version: '0', broadcast() {}, ui: null },
    fork() {
      forks++;
      throw new Error('no trainer in this test');
    },
    stateHome: join(home, 'state'),
    documentsFolder: join(home, 'documents'),
    runsHome: join(home, 'runs'),
  });
  const { handlers } = services;
  const drafts = () => readdirSync(join(home, 'state', 'drafts'));
  const draft = { title: 'a', place: null, text: tinyDocument(), tag: null };
  await handlers['drafts.put']({ ...draft, id: 'a' }, caller);
  await handlers['drafts.put']({ ...draft, id: 'b' }, { ...caller, id: 'other' });
  services.callerGone(caller, true);
  expect(drafts().sort()).toEqual(['a.json', 'b.json']);
  await services.dispose();
  expect(drafts()).toEqual(['b.json']);
  const start = { document: tinyDocument(), recipe: {}, engine: null };
  for (const call of ['training.start', 'training.probe'] as const)
    expect(await failure(handlers[call](start, caller))).toMatchObject({ code: 'host/closing' });
  expect(await failure(handlers['engines.list']({}, caller))).toMatchObject({ code: 'host/closing' });
  expect(forks).toBe(0);
});
