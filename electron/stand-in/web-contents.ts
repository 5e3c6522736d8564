/** A page of Chromium as Electron's WebContents: the preload in a world of its own, requests through our schemes. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Session } from './chromium.ts';
import { log } from './notes.ts';
import { invokeHandlers, requestThroughScheme } from './registries.ts';
import { mainWorld, preloadWorld } from './worlds.ts';

type Params = Record<string, unknown>;
type Dict<T> = Readonly<Record<string, T>>;

const KEY = '__standIn';
const BINDING = `${KEY}ToMain`;
const WORLD = 'preload';

/** Chromium knows no scheme that it was not built with; a name that resolves nowhere takes its place. */
const toWeb = (url: string) => url.replace(/^app:\/\/([^/]*)/, 'https://$1.app.invalid');
const toApp = (url: string) => url.replace(/^https:\/\/([^/]*)\.app\.invalid/, 'app://$1');

export class WebContents extends EventEmitter {
  private readonly worlds = new Map<number, { name: string; frame: string }>();
  private readonly frames = new Map<string, { url: string; parent: string | undefined }>();
  private session: Session | undefined;
  private destroyed = false;
  openHandler: ((details: { url: string }) => unknown) | undefined;

  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  send(channel: string, ...words: unknown[]): void {
    this.tell(`event(${JSON.stringify(channel)}, ${JSON.stringify(words)})`);
  }
  reload(): void {
    void this.need().send('Page.reload');
  }
  markDestroyed(): void {
    this.destroyed = true;
    this.emit('destroyed');
  }

  need(): Session {
    if (!this.session) throw new Error('The page is not there yet.');
    return this.session;
  }

  async attach(session: Session, preload: string): Promise<void> {
    this.session = session;
    this.watch(session);
    for (const domain of ['Page', 'Runtime', 'Log', 'Inspector']) await session.send(`${domain}.enable`);
    await session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${mainWorld})('${KEY}')` });
    const source = readFileSync(preload, 'utf8');
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `(${preloadWorld})('${KEY}', '${BINDING}', (require, module, exports) => {${source}\n})`,
    });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  async load(url: string): Promise<void> {
    await this.need().send('Page.navigate', { url: toWeb(url) });
  }

  private watch(session: Session): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { id, name, auxData } = context as { id: number; name: string; auxData: { frameId: string } };
      this.worlds.set(id, { name, frame: auxData.frameId });
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.worlds.delete(executionContextId as number);
    });
    session.on('Runtime.executionContextsCleared', () => this.worlds.clear());
    session.on('Page.frameNavigated', ({ frame }) => {
      const { id, url, parentId } = frame as { id: string; url: string; parentId?: string };
      this.frames.set(id, { url: toApp(url), parent: parentId });
    });
    session.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    session.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    session.on('Runtime.bindingCalled', (params) => void this.answer(params));
    session.on('Fetch.requestPaused', (params) => void this.fulfil(params));
    session.on('Log.entryAdded', ({ entry }) => {
      const { level, text } = entry as Dict<string>;
      log.push(`${level}: ${text}`);
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const { text, exception } = exceptionDetails as { text: string; exception?: { description?: string } };
      log.push(`exception: ${exception?.description ?? text}`);
    });
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const words = (args as { value?: unknown; description?: string }[]).map(
        (a) => a.value ?? a.description,
      );
      log.push(`console.${type}: ${words.join(' ')}`);
    });
  }

  /** In every preload's world: there is one a frame. */
  private tell(expression: string): void {
    for (const [contextId, { name }] of this.worlds)
      if (name === WORLD) this.inWorld(contextId, `${KEY}${expression}`);
  }

  /** A world that is gone meanwhile hears nothing, as in Electron. */
  private inWorld(contextId: number, expression: string): void {
    this.need()
      .send('Runtime.evaluate', { contextId, expression })
      .catch(() => {});
  }

  private async answer({ payload, executionContextId }: Params): Promise<void> {
    const { id, channel, words } = JSON.parse(payload as string) as {
      id: number;
      channel: string;
      words: unknown[];
    };
    const contextId = executionContextId as number;
    const frame = this.frames.get(this.worlds.get(contextId)?.frame ?? '');
    const senderFrame = frame ? { url: frame.url, parent: frame.parent ?? null } : null;
    try {
      const value = await invokeHandlers.get(channel)?.({ sender: this, senderFrame }, ...words);
      this.inWorld(contextId, `${KEY}reply(${id}, ${JSON.stringify(value)})`);
    } catch (error) {
      this.inWorld(contextId, `${KEY}reply(${id}, null, ${JSON.stringify(String(error))})`);
    }
  }

  private async fulfil({ requestId, request }: Params): Promise<void> {
    const { url, method } = request as { url: string; method: string };
    const answer = await requestThroughScheme(toApp(url), method);
    const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
    const responseHeaders = [...answer.headers].map(([name, value]) => ({ name, value }));
    await this.need()
      .send('Fetch.fulfillRequest', { requestId, responseCode: answer.status, responseHeaders, body })
      .catch(() => {}); // The page went on meanwhile.
  }
}
