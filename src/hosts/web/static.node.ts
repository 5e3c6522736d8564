/** The built page over HTTP: public code, so no token. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageHeaders, readPageFile } from '../page-files.node.ts';

export async function serveStatic(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, text: string) =>
    response.writeHead(status, { ...pageHeaders, 'Content-Type': 'text/plain' }).end(text);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    answer(405, 'Only GET.');
    return;
  }
  const [pathname = ''] = (request.url ?? '').split(/[?#]/, 1);
  const found = await readPageFile(root, pathname);
  if (!found) {
    answer(404, 'There is no such file.');
    return;
  }
  response.writeHead(200, {
    ...pageHeaders,
    'Content-Type': found.type,
    'Content-Length': found.bytes.length,
    // Vite puts a hash of the content into these names.
    'Cache-Control': /[\\/]assets[\\/]/.test(found.file) ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
}
