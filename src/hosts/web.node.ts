/** The web host as a program: prints its address, opens a browser, ends on Ctrl+C with its trainers stopped. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError, describeError } from '../base/errors.ts';
import { runsHome } from '../runs/home.node.ts';
import { documentsFolder, stateHome } from '../services/home.node.ts';
import { nodeFork } from '../services/node-fork.node.ts';
import { version } from './cli/version.ts';
import { keepAddress, knownAddress } from './web/address.node.ts';
import { openBrowser } from './web/open-browser.node.ts';
import { isLoopback, startWebHost, type WebHost, type WebHostOptions } from './web/server.node.ts';

/** How long a trainer may take to end its step when the host ends. */
const GRACE_MS = 3000;

const usage = 'stemma web [FILE.stemma] [--port N] [--host ADDRESS] [--no-open]';

function readWords(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const port = values.port === undefined ? 0 : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new AppError('web/port', `--port: expected a number from 0 to 65535, received ${values.port}.`);
    if (positionals.length > 1)
      throw new AppError('web/words', `Expected one drawing, received ${positionals.length}.`);
    return { ...values, port, file: positionals[0] };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('web/words', describeError(cause), { hint: usage, cause });
  }
}

function listenError(cause: unknown, port: number, address: string | undefined): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new AppError('web/port', `Port ${port} is taken.`, {
      hint: 'Name another, or none: --port 0.',
      cause,
    });
  return new AppError(
    'web/listen',
    `Nothing can listen at ${address ?? 'loopback'}: ${describeError(cause)}.`,
    {
      cause,
    },
  );
}

/** At the address of the last start; at another where that is taken, by a Stemma that still runs perhaps. */
async function startAsBefore(options: WebHostOptions): Promise<WebHost> {
  const known = knownAddress(options.stateHome);
  if (known) {
    try {
      return await startWebHost({ ...options, ...known });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
      return startWebHost(options);
    }
  }
  const host = await startWebHost(options);
  keepAddress(options.stateHome, { port: host.port, token: host.token });
  return host;
}

const parent = process.ppid;

/** Resolves when the host has ended. @throws AppError in words */
export async function main(
  argv: readonly string[],
  say = (line: string) => console.log(line),
): Promise<number> {
  const { port, host: address, file, help, 'no-open': quiet } = readWords(argv);
  if (help) {
    say(usage);
    return 0;
  }
  if (file !== undefined && !existsSync(file))
    throw new AppError('document/missing', `There is no file ${file}.`);
  const root = fileURLToPath(new URL('./renderer', import.meta.url));
  if (!existsSync(join(root, 'index.html')))
    throw new AppError('web/not-built', `There is no page in ${root}.`, { hint: 'Build it: npm run build.' });
  const options: WebHostOptions = {
    ...{ version, port, fork: nodeFork(), root },
    ...{ stateHome: stateHome(), documentsFolder: documentsFolder(), runsHome: runsHome() },
    ...(address !== undefined && { address }),
    ...(file !== undefined && { open: resolve(file) }),
  };
  let host: WebHost;
  try {
    host = port === 0 && address === undefined ? await startAsBefore(options) : await startWebHost(options);
  } catch (cause) {
    throw cause instanceof AppError ? cause : listenError(cause, port, address);
  }
  if (address !== undefined && !isLoopback(address))
    say(
      `Listening at ${address}: everybody who reaches this machine there and knows the token below can use Stemma.`,
    );
  say(`Stemma runs at ${host.url}`);
  if (!quiet && !openBrowser(host.url))
    say('Open this address in a browser on this machine. Ctrl+C ends Stemma.');
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
    // npm ends without telling us when it alone is told to.
    if (process.env.npm_lifecycle_event)
      setInterval(() => {
        if (process.ppid !== parent) end();
      }, 1000).unref();
  });
  say('Stemma ends.');
  await host.services.dispose(GRACE_MS);
  await host.close();
  return 0;
}
