// Packages the application for Linux around a stand-in for Electron's program, and looks at what came out: the
// archive's contents, the native parts beside it, and the fuses. Prints what it checked; a misfit ends it with code 1.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const manifest = require('../package.json');
const lock = require('../package-lock.json');

/** Written in Electron's program before its fuses: https://www.electronjs.org/docs/latest/tutorial/fuses */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/** Enough of Electron's folder for electron-builder: a program that has fuses, and what stands beside it. */
function makeElectron(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const program = join(folder, 'electron');
  cpSync('/bin/true', program);
  const fuses = Buffer.from([1, FUSES, ...Array(FUSES).fill('1'.charCodeAt(0))]);
  writeFileSync(program, Buffer.concat([readFileSync(program), Buffer.from(SENTINEL), fuses]));
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak'])
    writeFileSync(join(folder, name), name === 'version' ? require('electron/package.json').version : '');
}

function pack(electron, output) {
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const words = ['--linux', 'dir', `-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...words, '--publish', 'never'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`electron-builder ended with code ${status}:\n${stdout}${stderr}`);
}

const problems = [];
function check(what, found) {
  process.stdout.write(`${found.length === 0 ? 'ok  ' : 'BAD '} ${what}\n`);
  for (const line of found.slice(0, 10)) process.stdout.write(`       ${line}\n`);
  problems.push(...found);
}

function checkContents(archive) {
  const all = listPackage(archive, { isPack: true }).map((line) => {
    const [, kind, name] = /^(pack|unpack)\s*:\s*(.+)$/.exec(line);
    return { unpacked: kind === 'unpack', name: name.replaceAll('\\', '/').replace(/^\//, '') };
  });
  const names = new Set(all.map(({ name }) => name));
  const missing = (list) => list.filter((name) => !names.has(name)).map((name) => `${name} is missing`);
  const having = (test) => [...names].filter((name) => test(name)).map((name) => `${name} is inside`);

  const development = new Set(Object.keys(lock.packages).filter((name) => lock.packages[name].dev));

  check(
    'main, preload, page and trainer are inside',
    missing([
      'package.json',
      manifest.main ?? 'dist/electron/main.mjs',
      'dist/electron/preload.cjs',
      'dist/renderer/index.html',
      'dist/trainer.mjs',
      'dist/kernels.wasm',
      'dist/ask-adapters.mjs',
    ]),
  );
  check(
    'every package of "dependencies" is inside',
    missing(Object.keys(manifest.dependencies).map((name) => `node_modules/${name}/package.json`)),
  );
  check(
    `none of ${development.size} packages for development is inside`,
    having((name) => development.has(name.replace(/\/package\.json$/, ''))),
  );
  check(
    'no maps, no TypeScript, no tests',
    having((name) => /\.map$|\.[mc]?ts$|\.test\.|\/(__tests__|tests?)\//.test(name)),
  );
  const own = /^(dist(\/(electron|renderer)(\/.*)?|\/[^/]+\.(mjs|wasm))?|node_modules(\/.*)?|package\.json)$/;
  check(
    'nothing of the project but dist, packages and package.json',
    having((name) => !own.test(name)),
  );

  const dawn = `node_modules/webgpu/dist/${process.platform}-${process.arch}/`;
  check("WebGPU's library is inside, for this system alone", [
    ...missing([`${dawn}dawn.node`]),
    ...having((name) => /node_modules\/webgpu\/dist\/[^/]+\/./.test(name) && !name.startsWith(dawn)),
  ]);

  const native = all.filter(({ name }) => /\.(node|wasm|dylib|dll)$|\.so(\.\d+)*$/.test(name));
  check(
    `${native.length} native parts lie beside the archive`,
    native
      .filter(({ name, unpacked }) => !unpacked || !existsSync(join(`${archive}.unpacked`, name)))
      .map(({ name }) => `${name} is not unpacked`),
  );
  const wanted = ['trainer.mjs', 'batch-worker.mjs', 'kernels.wasm', 'stemma-layers.mjs'].map(
    (name) => `dist/${name}`,
  );
  check(
    'the trainer and what it reads lie beside the archive',
    wanted
      .filter((name) => !existsSync(join(`${archive}.unpacked`, name)))
      .map((name) => `${name} is not unpacked`),
  );
}

async function checkFuses(program) {
  const fuses = await getCurrentFuseWire(program);
  const expected = {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  };
  check(
    `${Object.keys(expected).length} fuses are set (in a stand-in for Electron's program)`,
    Object.entries(expected)
      .filter(([name, on]) => (fuses[FuseV1Options[name]] === FuseState.ENABLE) !== on)
      .map(([name, on]) => `${name} should be ${on ? 'on' : 'off'}`),
  );
}

const temporary = mkdtempSync(join(tmpdir(), 'stemma-pack-'));
try {
  const electron = join(temporary, 'electron');
  makeElectron(electron);
  pack(electron, join(temporary, 'out'));
  const unpacked = join(temporary, 'out', 'linux-unpacked');
  checkContents(join(unpacked, 'resources', 'app.asar'));
  await checkFuses(join(unpacked, manifest.name));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
if (problems.length > 0) {
  process.stderr.write(
    `${basename(import.meta.url)}: ${problems.length} misfits in the package; see above.\n`,
  );
  process.exitCode = 1;
}
