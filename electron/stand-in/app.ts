/** Electron's `app`: its life from the first line of main to the last event before it ends. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { BrowserWindow } from './browser-window.ts';
import { type Chromium, startChromium } from './chromium.ts';
import { note, options, preventable } from './notes.ts';

let started: Chromium | undefined;

export function chromium(): Chromium {
  if (!started) throw new Error('A window was made before Electron was ready.');
  return started;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly windows: BrowserWindow[] = [];
  private quitting = false;

  requestSingleInstanceLock(): boolean {
    note('app.requestSingleInstanceLock');
    return options.lock;
  }
  enableSandbox(): void {
    note('app.enableSandbox');
  }
  async whenReady(): Promise<void> {
    started = startChromium(options.chromium, join(options.home, 'chromium'));
    await started.browser.send('Target.getTargets');
    note('app.ready');
    process.send?.({ type: 'ready', chromium: started.pid });
  }
  getPath(name: string): string {
    return join(options.home, name);
  }
  getVersion(): string {
    return '0.0.0-stand-in';
  }
  addRecentDocument(place: string): void {
    note('app.addRecentDocument', place);
  }

  exit(code: number): void {
    started?.end();
    process.exit(code);
  }

  /** The order of https://www.electronjs.org/docs/latest/api/app#appquit */
  quit(): void {
    if (this.quitting) return;
    this.quitting = true;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.prevented) {
      this.quitting = false;
      return;
    }
    if (this.windows.length === 0) this.end();
    else for (const window of [...this.windows]) window.close();
  }
  closingPrevented(): void {
    this.quitting = false;
  }
  windowClosed(): void {
    if (this.windows.length > 0) return;
    if (this.quitting) this.end();
    else this.emit('window-all-closed');
  }

  private end(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.prevented) {
      this.quitting = false;
      return;
    }
    this.emit('quit', {}, 0);
    started?.end();
    process.exit(0);
  }
}

export const app = new App();
