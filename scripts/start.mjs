// `npm start`: Electron where its program and a screen are there, else the same page in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildAllIfStale } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const electron = join(root, 'node_modules', 'electron');
const FETCH_LIMIT_MS = 90_000;

/** Electron's program, or undefined. $ELECTRON_BINARY names another one. */
export function electronProgram(env = process.env, folder = electron) {
  if (env.ELECTRON_BINARY) return existsSync(env.ELECTRON_BINARY) ? env.ELECTRON_BINARY : undefined;
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return undefined;
  const program = join(folder, 'dist', readFileSync(name, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Linux alone may have no screen that a program can reach. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * What to do, from what is there. `program` fetches where it must, so it is asked last.
 * @param {{ web: boolean, display: boolean, program: () => string | undefined }} there
 * @returns {{ host: 'electron', program: string } | { host: 'web', why: string }}
 */
export function decide({ web, display, program }) {
  if (web) return { host: 'web', why: '' };
  if (!display) return { host: 'web', why: 'There is no screen here; Stemma runs in your browser instead.' };
  const found = program();
  if (found !== undefined) return { host: 'electron', program: found };
  return {
    host: 'web',
    why: "Electron's program could not be fetched; Stemma runs in your browser instead.",
  };
}

/** npm installs run no scripts of packages here (.npmrc), so Electron's program is fetched when it is first wanted. */
function foundOrFetched() {
  const found = electronProgram();
  const installer = join(electron, 'install.js');
  if (found !== undefined || process.env.ELECTRON_BINARY || !existsSync(installer)) return found;
  const { version } = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8'));
  process.stderr.write(`Electron ${version} is fetched once from github.com (about 120 MB) …\n`);
  spawnSync(process.execPath, [installer], {
    stdio: 'ignore',
    timeout: FETCH_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  return electronProgram();
}

function startElectron(program, argv) {
  const child = spawn(program, [root, ...argv], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Answers the exit code. */
export async function main(argv) {
  const rest = argv.filter((word) => word !== '--web');
  const web = rest.length < argv.length;
  await buildAllIfStale();
  const decision = decide({ web, display: hasDisplay(), program: foundOrFetched });
  if (decision.host === 'electron') return await startElectron(decision.program, rest);
  if (decision.why) process.stderr.write(`${decision.why}\n`);
  const host = await import(pathToFileURL(join(root, 'dist', 'web.mjs')).href);
  try {
    return await host.main(rest);
  } catch (error) {
    process.stderr.write(`stemma: ${error.message}${error.hint ? ` ${error.hint}` : ''}\n`);
    return 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2));
