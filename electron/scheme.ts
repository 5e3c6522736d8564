/** `app://stemma/…` serves the built page and nothing else. */
import { protocol } from 'electron';
import { pageHeaders, readPageFile } from '../src/hosts/page-files.node.ts';
import { HOST, SCHEME } from './origin.ts';

/** Before Electron is ready. */
export function reserveScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

export function serveScheme(root: string): void {
  protocol.handle(SCHEME, (request) => serveFile(request, root));
}

function respond(status: number, body: Uint8Array<ArrayBuffer> | string, type = 'text/plain'): Response {
  return new Response(body, { status, headers: { ...pageHeaders, 'Content-Type': type } });
}

/** A file of `root`, however the address is written. */
async function serveFile(request: Request, root: string): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  if (host !== HOST) return respond(404, 'There is no such host.');
  if (request.method !== 'GET') return respond(405, 'Only GET is answered.');
  const found = await readPageFile(root, pathname);
  return found ? respond(200, found.bytes, found.type) : respond(404, 'There is no such file.');
}
