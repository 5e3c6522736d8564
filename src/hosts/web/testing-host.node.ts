/** For tests: a web host on loopback, a raw request, and a line that a page would have. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Answer } from '../../services/contract.ts';
import { startWebHost, type WebHostOptions } from './server.node.ts';

export async function testingWebHost(given: Partial<WebHostOptions> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'stemma-web-'));
  const root = join(home, 'page');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(root, 'assets', 'a.js'), 'export {}');
  writeFileSync(join(home, 'secret.txt'), 'SECRET');
  const host = await startWebHost({
    ...{ root, version: '0', stateHome: join(home, 'state') },
    ...{ documentsFolder: join(home, 'documents'), runsHome: join(home, 'runs') },
    fork: () => {
      throw new Error('no trainer in this test');
    },
    ...given,
  });
  const at = `127.0.0.1:${host.port}`;
  return {
    ...{ host, home, at },
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      get(at, path, headers, method),
    open: (options: Partial<LineOptions> = {}) => openLine({ at, token: host.token, ...options }),
    async close() {
      await host.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
export type TestingWebHost = Awaited<ReturnType<typeof testingWebHost>>;

interface Got {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The path goes out as it stands: a URL would be made tidy first. */
function get(at: string, path: string, headers: Record<string, string>, method: string): Promise<Got> {
  const [hostname, port] = at.split(':');
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers: { host: at, ...headers } }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/**
 * Bytes as they are; what came back until the other side closed, or was silent for so long: it waits a minute for half
 * a request. Far above what an answer takes.
 */
export function raw(at: string, bytes: string, quietMs = 5000): Promise<string> {
  const [hostname = '', port] = at.split(':');
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

interface LineOptions {
  readonly at: string;
  /** null: none is sent. */
  readonly token: string | null;
  readonly headers?: Record<string, string>;
  readonly path?: string;
}

/** Resolves once the host has said something, or has closed the line with a code or a status. */
export function openLine({ at, token, headers = {}, path = '/socket' }: LineOptions) {
  const socket = new WebSocket(`ws://${at}${path}`, { headers: { origin: `http://${at}`, ...headers } });
  const heard: unknown[] = [];
  let nextId = 1;
  const ready = new Promise<'in' | number>((resolve) => {
    socket.on('open', () => {
      if (token !== null) socket.send(JSON.stringify({ token }));
    });
    socket.on('message', (data) => {
      heard.push(JSON.parse(String(data)));
      resolve('in');
    });
    socket.on('close', (code) => resolve(code));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  /** By id: who waits for an answer, the longest first. */
  const waiting = new Map<
    unknown,
    { resolve(answer: Answer<unknown>): void; reject(error: Error): void }[]
  >();
  socket.on('message', (data) => {
    const { id, answer } = JSON.parse(String(data)) as { id?: number; answer?: Answer<unknown> };
    if (answer) waiting.get(id)?.shift()?.resolve(answer);
  });
  socket.on('close', (code) => {
    for (const { reject } of [...waiting.values()].flat()) reject(new Error(`closed with ${code}`));
  });
  return {
    ...{ socket, ready, closed, heard },
    call(call: unknown, argument: unknown, id = nextId++): Promise<Answer<unknown>> {
      return new Promise((resolve, reject) => {
        waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
        socket.send(JSON.stringify({ id, call, argument }));
      });
    },
  };
}
