import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineFolders, enginesHome } from '../home.node.ts';
import { fakeLibrary } from '../install/fake-wheel.node.ts';
import { whyNotLoadable } from './library-file.node.ts';
import { locateTensorFlow } from './locate.node.ts';
import { forgetNamed, nameFolder } from './named.node.ts';
import { rememberTried } from './tried.node.ts';
import { provenTensorFlow, tryLoading } from './try.node.ts';

let scratch: string;
let env: Record<string, string>;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stemma-locate-'));
  env = { STEMMA_HOME: join(scratch, 'home'), PATH: '', PYENV_ROOT: scratch };
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const names =
  process.platform === 'darwin'
    ? (['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'] as const)
    : (['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const);

function library(...parts: string[]): string {
  const folder = join(scratch, ...parts);
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), fakeLibrary(100, 1));
  return folder;
}

/** A Python environment with TensorFlow of a version. */
function python(name: string, version: string): string {
  const packages = join(scratch, name, 'lib', 'python3.11', 'site-packages');
  library(name, 'lib', 'python3.11', 'site-packages', 'tensorflow');
  mkdirSync(join(packages, `tensorflow_cpu-${version}.dist-info`));
  return join(scratch, name);
}

const whys = () => locateTensorFlow(env).looked.map(({ why }) => why);

describe.skipIf(process.platform === 'win32')('places', () => {
  test('a folder of the environment, or one above the libraries, and nothing in its stead', () => {
    const folder = library('named', 'tensorflow');
    for (const named of [folder, dirname(folder)]) {
      env.STEMMA_TENSORFLOW_DIR = named;
      expect(locateTensorFlow(env).library).toMatchObject({
        folder,
        source: 'named',
        version: '',
        gpu: false,
      });
    }
    env.VIRTUAL_ENV = python('venv', '2.21.0');
    env.STEMMA_TENSORFLOW_DIR = join(scratch, 'none');
    expect(locateTensorFlow(env)).toEqual({
      looked: [
        {
          place: join(scratch, 'none'),
          why: 'There is no such folder. It was named by $STEMMA_TENSORFLOW_DIR.',
        },
      ],
    });
  });

  test('a folder that was named once for all, until that is taken back', async () => {
    const folder = library('kept');
    await nameFolder(folder, env);
    expect(locateTensorFlow(env).library).toMatchObject({ folder, source: 'named' });
    await forgetNamed(env);
    expect(locateTensorFlow(env).library).toBeUndefined();
    await expect(nameFolder(scratch, env)).rejects.toThrow(`It holds no ${names[0]}`);
  });

  test('Python packages from 2.16 on, the environment of the shell first', () => {
    env.VIRTUAL_ENV = python('old', '2.15.1');
    expect(locateTensorFlow(env).library).toBeUndefined();
    expect(whys().join(' ')).toContain('It is TensorFlow 2.15.1; 2.16 or later is needed.');
    const newer = python('new', '2.21.0');
    mkdirSync(join(newer, 'bin'));
    writeFileSync(join(newer, 'bin', 'python3'), '');
    env.PATH = join(newer, 'bin');
    expect(locateTensorFlow(env).library).toMatchObject({ source: 'python', version: '2.21.0' });
  });

  test('an official archive tells its version by its headers or by its links', () => {
    const lib = library('official', 'lib');
    const header = join(scratch, 'official', 'include', 'tensorflow', 'core', 'public');
    mkdirSync(header, { recursive: true });
    const lines = ['MAJOR 2', 'MINOR 18', 'PATCH 0'].map(
      (part) => `#define TF_${part.replace(' ', '_VERSION ')}`,
    );
    writeFileSync(join(header, 'release_version.h'), lines.join('\n'));
    env.STEMMA_TENSORFLOW_DIR = join(scratch, 'official');
    expect(locateTensorFlow(env).library).toMatchObject({ folder: lib, version: '2.18.0' });
  });

  test.skipIf(process.platform === 'darwin')('the version in the name of a link’s target', () => {
    const folder = join(scratch, 'linked');
    mkdirSync(folder);
    writeFileSync(join(folder, 'libtensorflow.so.2.9.1'), fakeLibrary(100, 1));
    symlinkSync('libtensorflow.so.2.9.1', join(folder, 'libtensorflow.so.2'));
    writeFileSync(join(folder, names[1]), fakeLibrary(100, 1));
    env.STEMMA_TENSORFLOW_DIR = folder;
    expect(locateTensorFlow(env).library).toMatchObject({ version: '2.9.1' });
  });

  test('threads of the environment', () => {
    env.STEMMA_TENSORFLOW_DIR = library('named');
    env.STEMMA_TENSORFLOW_THREADS = '3';
    expect(locateTensorFlow(env).library?.threads).toBe(3);
  });

  test('what says what is installed is damaged', () => {
    const { folder, current } = engineFolders(enginesHome(env));
    mkdirSync(folder, { recursive: true });
    writeFileSync(current, '{');
    expect(whys()[0]).toContain('is damaged, or a later Stemma wrote it');
  });
});

describe.skipIf(process.platform === 'win32')('libraries that cannot do', () => {
  const file = () => join(scratch, 'file');
  const judged = (bytes: Uint8Array, ...machine: [NodeJS.Platform?, string?]) => {
    writeFileSync(file(), bytes);
    return whyNotLoadable(file(), ...machine);
  };

  test('missing, of another kind, cut off, for another machine', () => {
    expect(whyNotLoadable(join(scratch, 'none'))).toContain('is missing');
    expect(judged(Buffer.from('<html>'))).toContain('is no shared library');
    const whole = fakeLibrary(1000, 1);
    expect(judged(whole, 'linux', process.arch)).toBeUndefined();
    expect(judged(whole.subarray(0, 500), 'linux', process.arch)).toBe(
      `${file()} is cut off: expected at least 1064 bytes, received 500.`,
    );
    expect(judged(whole, 'darwin', process.arch)).toContain(`is for Linux ${process.arch}; this is macOS`);
    expect(judged(whole, 'linux', 'riscv64')).toContain('this is Linux riscv64');
  });

  test('one that failed is passed over until it changes', async () => {
    const folder = library('named');
    const cc = join(folder, names[0]);
    env.STEMMA_TENSORFLOW_DIR = folder;
    await rememberTried(cc, 'It crashed when it was loaded: SIGSEGV.', env);
    expect(whys()[0]).toMatch(
      /^It crashed when it was loaded: SIGSEGV\. It is not loaded again until it changes/,
    );
    appendFileSync(cc, ' ');
    expect(locateTensorFlow(env).library).toBeDefined();
  });

  test('one that cannot be loaded takes no process of ours with it, and is tried once', async () => {
    env.STEMMA_TENSORFLOW_DIR = library('named');
    const first = await provenTensorFlow(env);
    expect(first.library).toBeUndefined();
    expect(first.looked[0]?.why).toMatch(/^It cannot be loaded: /);
    expect(locateTensorFlow(env)).toEqual(first);
  });

  test('a process that dies of it is told by its signal', async () => {
    const preload = join(scratch, 'koffi.cjs');
    writeFileSync(preload, "exports.load = () => process.kill(process.pid, 'SIGSEGV');");
    const folder = library('named');
    const files = { framework: join(folder, names[1]), cc: join(folder, names[0]) };
    expect(await tryLoading(files, preload)).toBe('It crashed when it was loaded: SIGSEGV.');
    writeFileSync(preload, "exports.load = () => ({ func: () => () => '2.4.1' });");
    expect(await tryLoading(files, preload)).toBe('It is TensorFlow 2.4.1; 2.9 or later is needed.');
    writeFileSync(preload, "exports.load = () => ({ func: () => () => '2.21.0' });");
    expect(await tryLoading(files, preload)).toBeNull();
  });
});
