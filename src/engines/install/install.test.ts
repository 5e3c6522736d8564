/** Installing with small made-up wheels; the real one is installed by real.test.ts. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../base/errors.ts';
import { engineFolders } from '../home.node.ts';
import { locateTensorFlow } from '../tensorflow/locate.node.ts';
import { fakeClient, fakeWheel } from './fake-wheel.node.ts';
import { type Installation, installTensorFlow } from './install.node.ts';
import { readInstalled } from './installed.node.ts';
import type { InstallProgress } from './progress.ts';
import { removeTensorFlow } from './remove.node.ts';
import type { Trial } from './trial.ts';

let scratch: string;
let home: string;
let env: Record<string, string>;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stemma-install-'));
  home = join(scratch, 'home', 'engines');
  // Neither this machine's Python nor its settings.
  env = { STEMMA_HOME: join(scratch, 'home'), PATH: '', PYENV_ROOT: scratch };
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** Two threads are the fastest. */
const runTrial = async ({ on }: Trial) =>
  on.engine === 'portable' ? 500 : on.threads === 2 ? 50 : 100 + (on.threads ?? 0);

function installing(it: Partial<Installation> & Pick<Installation, 'plan'>) {
  const told: InstallProgress[] = [];
  const done = installTensorFlow({
    ...{ home, env, runTrial, onProgress: (progress: InstallProgress) => void told.push(progress), ...it },
  });
  return { done, told, phases: () => [...new Set(told.map(({ phase }) => phase))] };
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

const current = () => readInstalled(engineFolders(home).current).installed;
const inHome = () => readdirSync(join(home, 'tensorflow')).sort();

test('a given wheel is verified, unpacked, tried, measured and then what is found', async () => {
  const { plan, wheel, members } = fakeWheel(scratch);
  const trials: Trial[] = [];
  const { done, phases, told } = installing({
    ...{ plan, wheel },
    runTrial(trial) {
      trials.push(trial);
      // Not before it works.
      expect(current()).toBeUndefined();
      return runTrial(trial);
    },
  });
  const installed = await done;
  expect(phases()).toEqual(['verifying', 'unpacking', 'trying', 'measuring']);
  const last = told.filter(({ phase }) => phase === 'unpacking').at(-1);
  expect(last?.done).toBe(last?.total);
  expect(trials.map(({ work }) => work).slice(0, 2)).toEqual(['tiny', 'usual']);
  expect(installed.measured).toMatchObject({ portableStepMs: 500 });
  const { library } = locateTensorFlow(env);
  expect(library).toMatchObject({
    source: 'installed',
    version: '1.0.0',
    gpu: false,
    threads: installed.threads,
  });
  expect(readFileSync(library?.cc ?? '').equals(members[0]?.bytes ?? Buffer.of())).toBe(true);
  expect(existsSync(join(library?.folder ?? '', 'other.py'))).toBe(false);
  expect(inHome()).toEqual(['current.json', installed.folder, 'tried.json']);
});

test('a later version replaces an earlier one, which is taken away; remove takes away all', async () => {
  const first = fakeWheel(scratch, '1.0.0');
  const second = fakeWheel(scratch, '2.0.0');
  const before = await installing({ plan: first.plan, wheel: first.wheel }).done;
  const after = await installing({ plan: second.plan, wheel: second.wheel }).done;
  expect(locateTensorFlow(env).library?.version).toBe('2.0.0');
  expect(inHome()).toContain(after.folder);
  expect(inHome()).not.toContain(before.folder);
  expect(await removeTensorFlow(home)).toBe(true);
  expect(inHome()).toEqual([]);
  expect(locateTensorFlow(env).library).toBeUndefined();
  expect(await removeTensorFlow(home)).toBe(false);
});

describe('what goes wrong is told, and what was there stays', () => {
  let before: string;
  const next = () => fakeWheel(scratch, '2.0.0');
  beforeEach(async () => {
    const { plan, wheel } = fakeWheel(scratch, '1.0.0');
    before = (await installing({ plan, wheel }).done).folder;
  });
  afterEach(() => {
    expect(current()?.folder).toBe(before);
    expect(locateTensorFlow(env).library?.version).toBe('1.0.0');
    const left = inHome().filter((name) => name !== 'downloads');
    expect(left).toEqual(['current.json', before, 'tried.json']);
  });

  test('a wheel that is cut off, changed, or another', async () => {
    const { plan, wheel, bytes } = next();
    truncateSync(wheel, 1000);
    expect(await failure(installing({ plan, wheel }).done)).toMatchObject({ code: 'engine/altered' });
    const changed = Buffer.from(bytes);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    writeFileSync(wheel, changed);
    const error = await failure(installing({ plan, wheel }).done);
    expect(error.message).toContain('expected tensorflow_cpu-2.0.0-fake.whl with sha256');
    expect(await failure(installing({ plan, wheel: join(scratch, 'none.whl') }).done)).toMatchObject({
      message: `${join(scratch, 'none.whl')} is not there.`,
    });
  });

  test('too little room, before anything is fetched', async () => {
    const { plan, wheel } = next();
    const { done, told } = installing({ plan, wheel, free: async () => 1_000_000 });
    const error = await failure(done);
    expect(error.code).toBe('engine/space');
    expect(error.message).toContain('expected 51 MB free, received 1 MB');
    expect(told).toEqual([]);
  });

  test('a full disk while it is unpacked', async () => {
    const { plan, wheel } = next();
    const { diskFiles } = await import('../../base/disk.node.ts');
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 });
    const files = { ...diskFiles, rename: () => Promise.reject(full) };
    const error = await failure(installing({ plan, wheel, files }).done);
    expect(error).toMatchObject({ code: 'file/write' });
    expect(error.hint).toContain('The disk is full');
  });

  test('a library that crashes when it is tried', async () => {
    const { plan, wheel } = next();
    const crash = new AppError('engine/crash', 'it crashed (SIGSEGV).');
    const error = await failure(installing({ plan, wheel, runTrial: () => Promise.reject(crash) }).done);
    expect(error).toMatchObject({
      code: 'engine/try',
      message: 'TensorFlow 2.0.0 was unpacked, but does not work here: it crashed (SIGSEGV).',
    });
  });

  test('no package client, and one that fails', async () => {
    const { plan } = next();
    const none = await failure(installing({ plan, findClient: async () => undefined }).done);
    expect(none).toMatchObject({ code: 'engine/no-client' });
    expect(none.hint).toContain('--wheel');
    const client = fakeClient(scratch, { wheel: '', error: 'No matching distribution found' });
    const failed = await failure(installing({ plan, findClient: async () => client }).done);
    expect(failed.code).toBe('engine/fetch');
    expect(failed.message).toContain('No matching distribution found');
  });

  test('another installation at the same time', async () => {
    const { plan, wheel } = next();
    let inner: AppError | undefined;
    const stop = new AppError('engine/crash', 'enough');
    const outer = installing({
      ...{ plan, wheel },
      async runTrial() {
        inner = await failure(installing({ plan, wheel }).done);
        throw stop;
      },
    });
    await failure(outer.done);
    expect(inner).toMatchObject({ code: 'engine/busy' });
    expect(inner?.message).toContain(`${process.pid}`);
  });

  test.each(['verifying', 'unpacking', 'trying', 'measuring'] as const)(
    'cancelled while %s',
    async (phase) => {
      const { plan, wheel } = next();
      const controller = new AbortController();
      const { done } = installing({
        ...{ plan, wheel, signal: controller.signal },
        onProgress: (progress) => void (progress.phase === phase && controller.abort()),
        runTrial: ({ signal }) =>
          signal?.aborted ? Promise.reject(new AppError('engine/cancelled', 'ended')) : Promise.resolve(1),
      });
      expect(await failure(done)).toMatchObject({ code: 'engine/cancelled' });
    },
  );
});

test('a lock of a process that is gone holds nobody up', async () => {
  const { plan, wheel } = fakeWheel(scratch);
  await installing({ plan, wheel }).done;
  writeFileSync(engineFolders(home).lock, JSON.stringify({ pid: 2 ** 22 + 1, started: null }));
  await installing({ plan, wheel }).done;
  expect(existsSync(engineFolders(home).lock)).toBe(false);
});

test('where nothing can be measured it is installed all the same', async () => {
  const { plan, wheel } = fakeWheel(scratch);
  const { done, told } = installing({
    ...{ plan, wheel },
    runTrial: ({ work }) => (work === 'tiny' ? Promise.resolve(1) : Promise.reject(new Error('too slow'))),
  });
  expect(await done).toMatchObject({ threads: null, measured: null });
  expect(told.at(-1)?.message).toContain('too slow');
});

describe('fetched', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  /** Serves ranges of a wheel, and notes where each answer began. */
  async function serve(bytes: Buffer) {
    const begun: number[] = [];
    server = createServer((request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      begun.push(from);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
      response.end(bytes.subarray(from));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return { begun, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  test('by the package client, in its own folder, which is gone afterwards', async () => {
    const { plan, wheel } = fakeWheel(scratch);
    const client = fakeClient(scratch, { wheel });
    const { done, phases } = installing({ plan, findClient: async () => client });
    const { folder } = await done;
    expect(phases()).toEqual(['asking', 'fetching', 'verifying', 'unpacking', 'trying', 'measuring']);
    expect(inHome()).toEqual(['current.json', folder, 'tried.json']);
  });

  test('cancelled half-way, it is gone on with at the address that the client named', async () => {
    const { plan, wheel, bytes, pin } = fakeWheel(scratch, '1.0.0', 400_000);
    const { begun, url } = await serve(bytes);
    const controller = new AbortController();
    const stuck = fakeClient(scratch, { wheel, url: `${url}/${pin.file}`, stopAfter: 100_000 });
    const first = installing({
      ...{ plan, findClient: async () => stuck, signal: controller.signal },
      onProgress: ({ done }) => void (done >= 100_000 && controller.abort()),
    });
    expect(await failure(first.done)).toMatchObject({ code: 'engine/cancelled' });
    expect(inHome()).toEqual(['downloads']);
    const refusing = fakeClient(scratch, { wheel, error: 'the client must not be asked' });
    await installing({ plan, findClient: async () => refusing }).done;
    expect(begun).toHaveLength(1);
    expect(begun[0]).toBeGreaterThanOrEqual(100_000);
  });

  test('where the part or the address is wrong, the client begins anew', async () => {
    const { plan, wheel, bytes, pin } = fakeWheel(scratch);
    const { url } = await serve(Buffer.alloc(bytes.length));
    const { downloads } = engineFolders(home);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(downloads, { recursive: true });
    writeFileSync(join(downloads, `${pin.file}.part`), 'nonsense');
    writeFileSync(join(downloads, `${pin.file}.url`), `${url}/${pin.file}`);
    const client = fakeClient(scratch, { wheel });
    expect((await installing({ plan, findClient: async () => client }).done).version).toBe('1.0.0');
  });

  test('a client that brings another file than the official one', async () => {
    const { plan, wheel, bytes } = fakeWheel(scratch);
    writeFileSync(wheel, Buffer.concat([bytes, Buffer.of(0)]));
    const client = fakeClient(scratch, { wheel });
    const error = await failure(installing({ plan, findClient: async () => client }).done);
    expect(error.code).toBe('engine/altered');
    expect(inHome()).toEqual([]);
  });
});
