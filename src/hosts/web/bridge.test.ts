/** The page's end against the real host. */
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ConnectionStatus, connectWebBridge } from '../../services/web-bridge.ts';
import { type TestingWebHost, testingWebHost } from './testing-host.node.ts';

let web: TestingWebHost | undefined;
afterEach(() => web?.close());

/** As a browser makes it: it names the page's origin. Kept, so that a test can break it. */
const made: WebSocket[] = [];
class PageSocket extends WebSocket {
  constructor(url: string) {
    super(url, { headers: { origin: `http://${new URL(url).host}` } });
    this.on('error', () => {});
    made.push(this);
  }
}

function connect(at: string, token: string) {
  const statuses: ConnectionStatus[] = [];
  let changed = () => {};
  const bridge = connectWebBridge(`ws://${at}/socket`, token, PageSocket, (status) => {
    statuses.push(status);
    changed();
  });
  const until = async (wanted: ConnectionStatus) => {
    while (statuses.at(-1) !== wanted) await new Promise<void>((resolve) => (changed = resolve));
  };
  return { bridge, statuses, until };
}

test('calls before the line stands, events, a broken line, and events again without asking anew', async () => {
  web = await testingWebHost();
  const { bridge, statuses, until } = connect(web.at, web.host.token);
  expect(await bridge.call('app.info', {})).toMatchObject({ ok: true, value: { host: 'web' } });
  let heard = () => {};
  bridge.on('runs.changed', () => heard());
  const told = () => {
    const event = new Promise<void>((resolve) => (heard = resolve));
    web?.host.broadcast('runs.changed', {});
    return event;
  };
  await told();
  made.at(-1)?.terminate();
  await until('lost');
  expect(await bridge.call('settings.get', {})).toEqual({ ok: true, value: {} });
  await told();
  expect(statuses).toEqual(['connected', 'lost', 'connected']);
});

test('a token that is not this host’s is refused for good', async () => {
  web = await testingWebHost();
  const { bridge, until } = connect(web.at, 'of another start');
  const waiting = bridge.call('app.info', {});
  await until('refused');
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'host/gone' } });
});

test('the drawing named at the start is the first page’s, and may be opened', async () => {
  web = await testingWebHost({ open: '/tmp/named.stemma' });
  const first = connect(web.at, web.host.token).bridge;
  expect(await first.call('app.info', {})).toMatchObject({ value: { open: '/tmp/named.stemma' } });
  expect(await first.call('documents.open', { place: '/tmp/named.stemma' })).toMatchObject({
    ok: false,
    error: { code: 'document/missing' },
  });
  const second = connect(web.at, web.host.token).bridge;
  expect(await second.call('app.info', {})).toMatchObject({ value: { open: null } });
});
