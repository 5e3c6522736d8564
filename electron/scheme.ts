/** `app://stemma/…` serves the built page and nothing else. */
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { protocol } from 'electron';
import { HOST, SCHEME } from './origin.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

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
  return new Response(body, {
    status,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
    },
  });
}

/** A file of `root`, however the address is written; what leads out of it is refused. */
export async function serveFile(request: Request, root: string): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  if (host !== HOST) return respond(404, 'There is no such host.');
  if (request.method !== 'GET') return respond(405, 'Only GET is answered.');
  const name = decode(pathname);
  if (name === null || name.includes('\0')) return respond(400, 'This address cannot be read.');
  const base = resolve(root);
  const file = resolve(base, `.${sep}${name.replace(/^\/+/, '') || 'index.html'}`);
  if (!file.startsWith(base + sep)) return respond(403, 'This address leads out of the page.');
  try {
    const bytes = new Uint8Array(await readFile(file));
    return respond(200, bytes, contentTypes[extname(file)] ?? 'application/octet-stream');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR')
      return respond(404, 'There is no such file.');
    throw error;
  }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null; // Not UTF-8, or half an escape: the answer is 400.
  }
}
