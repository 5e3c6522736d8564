import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processStart } from '../base/process.node.ts';
import { applyEdit, setTitle } from '../document/edits.ts';
import { writeDocument } from '../document/file.ts';
import { emptyDocument } from '../document/model.ts';
import type { Caller, Handlers } from './contract.ts';
import { createDocumentHandlers } from './documents-handlers.node.ts';
import type { HostUi } from './host.ts';
import { Places } from './places.node.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stemma-documents-'));
  mkdirSync(join(home, 'documents'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const page: Caller = { id: 'page', emit() {} };
const other: Caller = { id: 'other', emit() {} };
const titled = (title: string) => writeDocument(applyEdit(emptyDocument(), setTitle(title)).document);

function host(ui: HostUi | null = null) {
  const stateHome = join(home, 'state');
  const documentsFolder = join(home, 'documents');
  const made = createDocumentHandlers(
    {
      ...{ host: 'web', version: '0', ui, stateHome, documentsFolder, runsHome: join(home, 'runs') },
      broadcast() {},
      fork() {
        throw new Error('no trainer here');
      },
    },
    new Places(documentsFolder, stateHome),
  );
  const call = async <K extends keyof typeof made.handlers>(
    name: K,
    argument: Parameters<Handlers[K]>[0],
    caller = page,
  ): Promise<Awaited<ReturnType<Handlers[K]>>> => {
    const handler = made.handlers[name] as (a: unknown, c: Caller) => Awaited<ReturnType<Handlers[K]>>;
    return handler(argument, caller);
  };
  return { ...made, call };
}

const inFolder = (name: string) => join(home, 'documents', name);

test('saved, listed, opened again; the tag follows the content', async () => {
  const { call } = host();
  const { place } = await call('documents.placeFor', { name: 'Mine' });
  expect(place).toBe(inFolder('Mine.stemma'));
  const saved = await call('documents.save', { place, text: titled('One'), expected: null });
  const opened = await call('documents.open', { place });
  expect(opened).toMatchObject({ name: 'Mine.stemma', text: titled('One'), tag: saved.tag });
  const again = await call('documents.save', { place, text: titled('Two'), expected: saved.tag });
  expect(again.tag).not.toBe(saved.tag);
  expect(await call('documents.list', {})).toMatchObject({
    documents: [{ name: 'Mine.stemma' }],
    recent: [{ name: 'Mine.stemma' }],
  });
});

test('a file that is there, or was changed by another, is not replaced unasked', async () => {
  const { call } = host();
  const place = inFolder('a.stemma');
  const { tag } = await call('documents.save', { place, text: titled('One'), expected: null });
  await expect(call('documents.save', { place, text: titled('Two'), expected: null })).rejects.toThrow(
    'a.stemma exists already.',
  );
  writeFileSync(place, titled('Of somebody else'));
  await expect(call('documents.save', { place, text: titled('Two'), expected: tag })).rejects.toThrow(
    'changed by somebody else',
  );
  expect(readFileSync(place, 'utf8')).toBe(titled('Of somebody else'));
});

test('where the system’s dialog asked, one save may replace', async () => {
  const place = join(home, 'elsewhere.stemma');
  writeFileSync(place, titled('Old'));
  const { call } = host({ chooseSave: async () => place, addRecent() {} } as unknown as HostUi);
  await expect(call('documents.save', { place, text: titled('New'), expected: null })).rejects.toThrow(
    'was not named by you',
  );
  await call('documents.chooseSave', { suggested: 'x' });
  await call('documents.save', { place, text: titled('New'), expected: null });
  await expect(call('documents.save', { place, text: titled('Newer'), expected: null })).rejects.toThrow(
    'exists already',
  );
});

test('a link in the folder that leads out of it is refused', async () => {
  const { call } = host();
  writeFileSync(join(home, 'secret.stemma'), titled('Secret'));
  symlinkSync(join(home, 'secret.stemma'), inFolder('link.stemma'));
  await expect(call('documents.open', { place: inFolder('link.stemma') })).rejects.toThrow('was not named');
});

test('what is no drawing is not saved, and what stood there stays', async () => {
  const { call } = host();
  const place = inFolder('a.stemma');
  const { tag } = await call('documents.save', { place, text: titled('One'), expected: null });
  for (const text of ['', '{', '{"format":"stemma","version":99}', '[]'])
    await expect(call('documents.save', { place, text, expected: tag })).rejects.toThrow();
  expect(readFileSync(place, 'utf8')).toBe(titled('One'));
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder that may not be written to is told (skipped as root, who may write anywhere, and on Windows)',
  async () => {
    chmodSync(join(home, 'documents'), 0o500);
    await expect(
      host().call('documents.save', { place: inFolder('a.stemma'), text: titled('One'), expected: null }),
    ).rejects.toThrow('could not be written');
  },
);

test('a link that was named stays one; what it leads to is saved. Links that lead out are not listed', async () => {
  const target = join(home, 'target.stemma');
  writeFileSync(target, titled('Old'));
  symlinkSync(target, inFolder('link.stemma'));
  const { call, openFirst } = host();
  expect((await call('documents.list', {})).documents).toEqual([]);
  openFirst(page, inFolder('link.stemma'));
  const { tag } = await call('documents.open', { place: inFolder('link.stemma') });
  await call('documents.save', { place: inFolder('link.stemma'), text: titled('New'), expected: tag });
  expect(lstatSync(inFolder('link.stemma')).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe(titled('New'));
});

test('of two pages that save one file at once, the second is told', async () => {
  const { call } = host();
  const place = inFolder('a.stemma');
  const { tag } = await call('documents.save', { place, text: titled('One'), expected: null });
  const both = await Promise.allSettled(
    ['Two', 'Three'].map((title) => call('documents.save', { place, text: titled(title), expected: tag })),
  );
  expect(both.map((b) => b.status)).toEqual(['fulfilled', 'rejected']);
  expect(readFileSync(place, 'utf8')).toBe(titled('Two'));
});

test('names that no file system, or no eye, keeps apart are refused', async () => {
  const { call } = host();
  for (const name of ['a\ud800', 'gpj\u202e.exe', 'COM¹', '図'.repeat(99)])
    await expect(call('documents.placeFor', { name }), name).rejects.toMatchObject({ code: 'place/name' });
  expect((await call('documents.placeFor', { name: 'ResNet – 図 1.stemma' })).place).toBe(
    inFolder('ResNet – 図 1.stemma'),
  );
});

const draft = { id: 'd1', title: 'Draft', place: null, tag: null, text: titled('Draft') };

test('a draft belongs to its page; once that is gone it is offered, restored and dropped', async () => {
  const { call, callerGone } = host();
  await call('drafts.put', draft);
  await call('drafts.put', { ...draft, text: titled('Later') });
  expect(await call('drafts.list', {}, other)).toEqual([]);
  callerGone(page);
  expect(await call('drafts.list', {}, other)).toMatchObject([{ id: 'd1', title: 'Draft' }]);
  expect(await call('drafts.read', { id: 'd1' }, other)).toMatchObject({ text: titled('Later') });
  expect(await call('drafts.list', {}, page)).toEqual([]);
  await call('drafts.drop', { id: 'd1' }, other);
  callerGone(other);
  expect(await call('drafts.list', {}, page)).toEqual([]);
  await expect(call('drafts.read', { id: 'd1' })).rejects.toThrow('not there any more');
});

test('a draft is no way to a place that nobody named', async () => {
  const { call } = host();
  const place = join(home, 'secret.stemma');
  writeFileSync(place, titled('Secret'));
  await expect(call('drafts.put', { ...draft, place })).rejects.toThrow('was not named by you');
  await expect(call('documents.open', { place })).rejects.toThrow('was not named by you');
});

test('a page that goes while its last draft is being written does not hold it', async () => {
  const { call, callerGone } = host();
  const puts = [1, 2, 3].map((i) => call('drafts.put', { ...draft, text: titled(`${i}`) }));
  callerGone(page);
  await Promise.all(puts);
  expect(await call('drafts.list', {}, other)).toMatchObject([{ id: 'd1' }]);
});

test('a draft that is put while it is being dropped stays its page’s', async () => {
  const { call } = host();
  await call('drafts.put', draft);
  await Promise.all([call('drafts.drop', { id: 'd1' }), call('drafts.put', draft)]);
  expect(await call('drafts.list', {}, other)).toEqual([]);
  expect(existsSync(join(home, 'state/drafts/d1.json'))).toBe(true);
});

test('what the person threw away is not offered again', async () => {
  const { call, callerGone } = host();
  await call('drafts.put', draft);
  callerGone(page, true);
  expect(await call('drafts.list', {}, other)).toEqual([]);
  await call('drafts.put', { ...draft, id: 'd2' });
  expect(existsSync(join(home, 'state/drafts/d1.json'))).toBe(false);
});

test('the draft of a host that was killed is offered by the next; that of one that lives is not', async () => {
  await host().call('drafts.put', draft);
  const file = join(home, 'state/drafts/d1.json');
  const stored = JSON.parse(readFileSync(file, 'utf8')) as object;
  const by = (pid: number, started: string | null) =>
    writeFileSync(file, JSON.stringify({ ...stored, writer: { pid, started } }));
  by(process.ppid, processStart(process.ppid));
  expect(await host().call('drafts.list', {})).toEqual([]);
  by(2 ** 22 - 1, 'long ago');
  expect(await host().call('drafts.list', {})).toMatchObject([{ id: 'd1' }]);
});

test('damaged drafts and settings are put aside, not lost, and hinder nothing', async () => {
  await host().call('drafts.put', draft);
  await host().call('settings.set', { theme: 'dark' });
  writeFileSync(join(home, 'state/drafts/d1.json'), '{"id":');
  writeFileSync(join(home, 'state/settings.json'), '{"theme":"pink"}');
  writeFileSync(join(home, 'state/recent.json'), 'null');
  const { call } = host();
  expect(await call('drafts.list', {})).toEqual([]);
  expect(await call('settings.get', {})).toEqual({});
  expect(await call('documents.list', {})).toMatchObject({ recent: [] });
  expect(existsSync(join(home, 'state/drafts/d1.json.damaged'))).toBe(true);
  expect(existsSync(join(home, 'state/settings.json.damaged'))).toBe(true);
});

test('settings are merged, kept, and those of another version are dropped', async () => {
  const { call } = host();
  await call('settings.set', { theme: 'dark', layout: { left: 200 } });
  await call('settings.set', { tourDone: true, layout: { right: 300 } });
  const expected = { theme: 'dark', tourDone: true, layout: { left: 200, right: 300 } };
  expect(await host().call('settings.get', {})).toEqual(expected);
  writeFileSync(join(home, 'state/settings.json'), JSON.stringify({ ...expected, fromTheFuture: 1 }));
  expect(await host().call('settings.get', {})).toEqual(expected);
});

test('a browser has no dialogs, and says so', async () => {
  await expect(host().call('documents.chooseOpen', {})).rejects.toThrow('there is no dialog of the system');
  expect(await host().call('app.info', {})).toMatchObject({ host: 'web', dialogs: false, open: null });
});
