import { EventEmitter } from 'node:events';
import { app, chromium } from './app.ts';
import { note, preventable } from './notes.ts';
import type { WindowInfo } from './protocol.ts';
import { WebContents } from './web-contents.ts';

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string };
}

export class BrowserWindow extends EventEmitter {
  private static count = 0;
  /** Nobody looks at a stand-in. */
  static getFocusedWindow = (): BrowserWindow | null => null;
  readonly id = ++BrowserWindow.count;
  readonly webContents = new WebContents();
  private readonly options: WindowOptions;
  private title: string;
  private shown = false;
  private edited = false;
  private file = '';
  private targetId: string | undefined;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.title = options.title;
    app.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const { width, height, webPreferences } = this.options;
    const page = await chromium().openPage(width, height);
    this.targetId = page.targetId;
    await this.webContents.attach(page, webPreferences.preload);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    await this.webContents.load(url);
  }

  show(): void {
    this.shown = true;
    this.focus();
  }
  focus(): void {
    this.emit('focus');
  }
  isDestroyed = () => !app.windows.includes(this);
  isMinimized = () => false;
  restore(): void {}
  maximize(): void {}
  isMaximized = () => false;
  getNormalBounds = () => ({ x: 0, y: 0, width: this.options.width, height: this.options.height });
  setProgressBar(share: number, { mode }: { mode: string }): void {
    note('window.setProgressBar', share, mode);
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setDocumentEdited(edited: boolean): void {
    this.edited = edited;
  }
  setRepresentedFilename(file: string): void {
    this.file = file;
  }

  close(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    const event = preventable({});
    this.emit('close', event);
    if (event.prevented) app.closingPrevented();
    else this.destroy();
  }

  destroy(): void {
    const { targetId } = this;
    if (targetId) void chromium().browser.send('Target.closeTarget', { targetId });
    app.windows.splice(app.windows.indexOf(this), 1);
    this.webContents.markDestroyed();
    note('window.closed', this.id);
    this.emit('closed');
    app.windowClosed();
  }

  describe(): WindowInfo {
    const { id, title, shown, edited, file, options } = this;
    const { width, height, webPreferences } = options;
    return { id, title, shown, edited, file, width, height, preferences: webPreferences };
  }
}
