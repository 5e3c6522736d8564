/** Where a path leads once links are followed, so that no link gets around a check. */
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** Through links, as far as there is something. */
export function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there, or not to be followed by us: then nobody gets through it either.
    const above = dirname(path);
    return above === path ? path : join(realPlace(above), basename(path));
  }
}

/** Whether a place lies in a folder, whatever links lead to. */
export function isInside(folder: string, place: string): boolean {
  const way = relative(realPlace(resolve(folder)), realPlace(resolve(place)));
  return way !== '' && way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}
