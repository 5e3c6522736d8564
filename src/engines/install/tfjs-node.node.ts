/** tfjs-node-gpu's own way of fetching a library: the one that there is for Windows. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { tfjsNodeFolder } from '../tensorflow/locate.node.ts';
import { cancelled } from './cancelled.ts';

export interface TfjsNode {
  readonly signal?: AbortSignal;
  /** Each line that the script says. */
  onLine?(line: string): void;
  /** Of the package; found where not given. */
  readonly folder?: string;
}

const SAID_LINES = 40;

/** The line that says what went wrong; the rest of what Node prints of an error is for programmers. */
const reasonIn = (lines: readonly string[]) =>
  (lines.find((line) => /^\w*Error: /.test(line)) ?? lines.at(-1) ?? 'it said nothing').replace(
    /^\w*Error: /,
    '',
  );

/**
 * Runs the package's install script in its folder, which fetches add-on and library over the network.
 * @throws AppError('engine/tfjs-node' | 'engine/cancelled')
 */
export async function installTfjsNode({
  signal,
  onLine,
  folder = tfjsNodeFolder(),
}: TfjsNode): Promise<string> {
  if (folder === undefined)
    throw new AppError('engine/tfjs-node', 'The package @tensorflow/tfjs-node-gpu is not installed.', {
      hint: "Run 'npm ci' in Stemma's folder.",
    });
  const lines: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [join('scripts', 'install.js'), 'gpu', 'download'], {
      cwd: folder,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer) => {
      for (const line of `${chunk}`
        .split(/[\r\n]+/)
        .map((text) => text.trim())
        .filter(Boolean)) {
        lines.push(line);
        if (lines.length > SAID_LINES) lines.shift();
        onLine?.(line);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const stop = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (ended) => {
      signal?.removeEventListener('abort', stop);
      resolve(ended);
    });
  });
  if (signal?.aborted) throw cancelled();
  if (code !== 0)
    throw new AppError('engine/tfjs-node', `tfjs-node-gpu's own install script failed: ${reasonIn(lines)}.`, {
      hint: "It downloads from storage.googleapis.com; check the network, or name a library with 'stemma engines use FOLDER'.",
    });
  return join(folder, 'deps', 'lib');
}
