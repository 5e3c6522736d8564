/** Where the page comes from: our own scheme, one host. */
export const SCHEME = 'app';
export const HOST = 'stemma';
export const START_URL = `${SCHEME}://${HOST}/index.html`;

/** Null where it is no address. */
export function parseUrl(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

/** Compared in parts: Node calls the origin of every scheme that it does not know 'null'. */
export function isOurs(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed?.protocol === `${SCHEME}:` && parsed.host === HOST;
}
