/** The built page as every host serves it: public code under one policy, and nothing outside its folder. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isInside } from '../base/real-path.node.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const contentSecurityPolicy = [
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

/** Of every answer, refusals too. */
export const pageHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The file that a path means, links followed; undefined where it means none of the page's. */
function fileOf(root: string, pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined; // Not UTF-8, or half an escape.
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path) || path.split('/').includes('..')) return undefined;
  const file = join(root, path === '/' ? 'index.html' : path);
  return isInside(root, file) ? file : undefined;
}

export interface PageFile {
  readonly file: string;
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** `pathname`: as it stands in the address, without what follows ? or #. Undefined where there is no such file. */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | undefined> {
  const file = fileOf(root, pathname);
  if (file === undefined) return undefined;
  try {
    const bytes = (await readFile(file)) as Buffer<ArrayBuffer>;
    return { file, bytes, type: types[extname(file)] ?? 'application/octet-stream' };
  } catch {
    return undefined; // Absent or a folder; which of them is nobody's business.
  }
}
