/** A window opens as large as the last one was. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';

const schema = z.object({ width: z.int().min(200), height: z.int().min(200), maximized: z.boolean() });
export type WindowSize = z.infer<typeof schema>;

const usual: WindowSize = { width: 1440, height: 900, maximized: false };
const fileIn = (stateHome: string) => join(stateHome, 'window.json');

/** A size is worth no message: what cannot be read is the usual size. */
function read(stateHome: string): WindowSize {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(stateHome), 'utf8')));
  } catch {
    return usual;
  }
}

/** Never larger than the screen, which may be another one now. */
export function recallSize(stateHome: string): WindowSize {
  const { width, height, maximized } = read(stateHome);
  const { workAreaSize } = screen.getPrimaryDisplay();
  return {
    width: Math.min(width, workAreaSize.width),
    height: Math.min(height, workAreaSize.height),
    maximized,
  };
}

export function rememberSize(stateHome: string, window: BrowserWindow): void {
  const { width, height } = window.getNormalBounds();
  const size: WindowSize = { width, height, maximized: window.isMaximized() };
  try {
    mkdirSync(stateHome, { recursive: true });
    writeFileSync(fileIn(stateHome), JSON.stringify(size));
  } catch (error) {
    // A full disk must not keep a window from closing.
    process.stderr.write(`The window's size could not be stored: ${(error as Error).message}\n`);
  }
}
