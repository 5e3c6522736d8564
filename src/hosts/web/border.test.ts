/** What may come from outside: nothing of it ends the host, and nothing gets in that should not. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallName, callSchemas } from '../../services/contract.ts';
import { MAX_VALUES } from '../../services/dispatch.ts';
import { REFUSED } from '../../services/web-bridge.ts';
import { isCrowded } from './frame.ts';
import { TOO_LATE } from './line.node.ts';
import { namesOf } from './server.node.ts';
import { raw, type TestingWebHost, testingWebHost } from './testing-host.node.ts';

let web: TestingWebHost;
beforeAll(async () => {
  web = await testingWebHost();
});
afterAll(() => web.close());

/** The same host goes on serving. */
async function stillServes(): Promise<void> {
  const line = web.open();
  expect(await line.ready).toBe('in');
  expect(await line.call('app.info', {})).toMatchObject({ ok: true, value: { host: 'web' } });
  line.socket.close();
}

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
  'a request for host %j is not answered',
  async (host) => {
    expect([400, 421]).toContain((await web.get('/', { host })).status);
    const line = web.open({ headers: { host, origin: `http://${host}` } });
    expect([400, 421]).toContain(await line.ready);
  },
);

test('a request that names no host is not answered', async () => {
  expect(await raw(web.at, 'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 4/);
  expect(await raw(web.at, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 4/);
});

test.each(['http://evil.example', 'null', 'https://AT', 'http://AT.evil.example', 'http://localhost:PORT'])(
  'a line from origin %s is refused',
  async (given) => {
    const origin = given.replace('AT', web.at).replace('PORT', `${web.host.port}`);
    expect(await web.open({ headers: { origin } }).ready).toBe(403);
  },
);

test.each(['/', '/socket/', '/socket?x', '/ipc'])('there is no line at %s', async (path) => {
  expect(await web.open({ path }).ready).toBe(404);
});

test.each([
  ['wrong', 'x'.repeat(43)],
  ['empty', ''],
  ['long', 'x'.repeat(3000)],
])('a %s token is refused, and nothing that came with it is done', async (_, token) => {
  const line = web.open({ token });
  line.socket.on('open', () =>
    line.socket.send(JSON.stringify({ id: 1, call: 'settings.set', argument: { theme: 'dark' } })),
  );
  expect(await line.ready).toBe(REFUSED);
  expect(line.heard).toEqual([]);
  const good = web.open();
  await good.ready;
  // In turn behind whatever was let in before.
  expect(await good.call('settings.set', {})).toEqual({ ok: true, value: {} });
  good.socket.close();
});

test('after a wrong token the right one comes too late: nothing is done any more', async () => {
  const line = web.open({ token: 'wrong' });
  line.socket.on('open', () => {
    line.socket.send(JSON.stringify({ token: web.host.token }));
    line.socket.send(JSON.stringify({ id: 1, call: 'settings.set', argument: { theme: 'dark' } }));
  });
  expect(await line.ready).toBe(REFUSED);
  await line.closed;
  const good = web.open();
  await good.ready;
  // In turn behind whatever was let in before.
  expect(await good.call('settings.set', {})).toEqual({ ok: true, value: {} });
  good.socket.close();
});

test('who sends much before the token is cut off', async () => {
  const lines = Array.from({ length: 2 }, () => web.open({ token: 'x'.repeat(8e6) }));
  for (const line of lines) expect(await line.ready).toBe(1006);
  await stillServes();
});

test('a call before the token is a wrong token; no token at all is waited for, and then the line closed', async () => {
  const early = web.open({ token: null });
  early.socket.on('open', () => early.socket.send(JSON.stringify({ id: 1, call: 'app.info', argument: {} })));
  expect(await early.ready).toBe(REFUSED);
  // Not as refused: a page that was held up comes again.
  expect(await web.open({ token: null }).ready).toBe(TOO_LATE);
});

test('binary, broken and formless messages close the line; the host goes on', async () => {
  const closing: [string | Buffer, number][] = [
    [Buffer.from([1, 2, 3]), 1003],
    ['{', 1008],
    ['null', 1008],
    ['[]', 1008],
    ['{"call":"app.info"}', 1008],
    ['{"id":"1","call":"app.info"}', 1008],
    ['{"id":1.5,"call":"app.info"}', 1008],
    ['{"id":9007199254740993,"call":"app.info"}', 1008],
    ['['.repeat(100_000), 1008],
    [`{"id":1,"call":"window.menu","argument":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 1008],
    // Minutes and gigabytes, were each looked at.
    [`{"id":1,"call":"window.menu","argument":[${'0,'.repeat(3_000_000)}0]}`, 1008],
    [`{"id":1,"call":"app.info","argument":{${'"":{},'.repeat(1_000_000)}"":1}}`, 1008],
  ];
  for (const [message, code] of closing) {
    const line = web.open();
    await line.ready;
    line.socket.send(message);
    expect(await line.closed, String(message).slice(0, 40)).toBe(code);
  }
  await stillServes();
});

test('what follows a message that closes the line is not done', async () => {
  const line = web.open();
  await line.ready;
  line.socket.send('{');
  line.socket.send(JSON.stringify({ id: 1, call: 'settings.set', argument: { theme: 'dark' } }));
  expect(await line.closed).toBe(1008);
  const good = web.open();
  await good.ready;
  // In turn behind whatever was let in before.
  expect(await good.call('settings.set', {})).toEqual({ ok: true, value: {} });
  good.socket.close();
});

test('a long text is one value, whatever stands in it; a text beyond its size is refused', async () => {
  const text = '[{,"\\'.repeat(200_000);
  expect(isCrowded(JSON.stringify({ text }), 10)).toBe(false);
  expect(isCrowded(JSON.stringify(Array.from({ length: 12 }, () => 0)), 10)).toBe(true);
  const line = web.open();
  await line.ready;
  for (const long of [text, 'x'.repeat(2 ** 25 + 1)]) {
    const argument = { id: 'd', title: '', place: null, tag: null, text: long };
    const answer = await line.call('drafts.put', argument);
    expect(answer.ok ? 'stored' : answer.error.code).toBe(long === text ? 'stored' : 'call/argument');
  }
  await line.call('drafts.drop', { id: 'd' });
  expect(await line.call('window.menu', Array(MAX_VALUES + 1).fill(0))).toMatchObject({
    error: { code: 'call/argument', message: expect.stringContaining('at most') },
  });
  line.socket.close();
});

test('names that are no calls, and names that objects have by themselves', async () => {
  const line = web.open();
  await line.ready;
  for (const name of ['nothing', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 1, null, {}])
    expect(await line.call(name, {})).toMatchObject({ ok: false, error: { code: 'call/unknown' } });
  line.socket.close();
});

/** Calls that would start a process are judged by their arguments only. */
const harmless = (Object.keys(callSchemas) as CallName[]).filter(
  (name) => !/^(engines|training|data|exports|runs)\./.test(name),
);

test('arguments of every wrong kind are refused in words', async () => {
  const line = web.open();
  await line.ready;
  const wrong = [undefined, null, 0, 'x', [], [{}], { extra: 1 }, JSON.parse('{"__proto__":{"place":"x"}}')];
  for (const name of Object.keys(callSchemas) as CallName[])
    for (const argument of wrong) {
      if (callSchemas[name].safeParse(argument).success) continue;
      expect(await line.call(name, argument), `${name} ${JSON.stringify(argument)}`).toMatchObject({
        ok: false,
        error: { code: 'call/argument' },
      });
    }
  line.socket.close();
});

test('anything at all as an argument gets an answer', async () => {
  const line = web.open();
  await line.ready;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...harmless), fc.jsonValue({ maxDepth: 4 }), async (name, argument) => {
      const answer = await line.call(name, argument);
      if (!answer.ok) expect(answer.error.message.length).toBeGreaterThan(5);
    }),
    { numRuns: 400 },
  );
  line.socket.close();
  await stillServes();
});

test('places that nobody named are neither read nor written, however they are spelled', async () => {
  const line = web.open();
  await line.ready;
  const text = '{"format":"stemma"}';
  const { home } = web;
  for (const place of [
    join(home, 'secret.txt'),
    '/etc/passwd',
    '../secret.txt',
    `${home}/documents/../secret.stemma`,
    `${home}/documents/sub/a.stemma`,
    `${home}/documents/a.txt`,
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\a.stemma',
    `${home}/documents/a.stemma\0.txt`,
  ])
    for (const call of ['documents.open', 'documents.save'])
      expect(
        await line.call(call, call === 'documents.open' ? { place } : { place, text, expected: null }),
        `${call} ${place}`,
      ).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(place|call)\//) } });
  for (const name of ['../a', 'a/b', 'a\\b', '.hidden', 'con', 'LPT1.x', 'a\nb', ' ', 'x.'])
    expect(await line.call('documents.placeFor', { name })).toMatchObject({
      ok: false,
      error: { code: 'place/name' },
    });
  for (const id of ['../x', 'a/b', '', 'x'.repeat(65)])
    expect(await line.call('drafts.drop', { id })).toMatchObject({ ok: false });
  line.socket.close();
});

test('ids in any order, and the same id twice, are each answered', async () => {
  const line = web.open();
  await line.ready;
  const ids = [900, 1, -5, 0, Number.MAX_SAFE_INTEGER, 7, 7];
  const answers = await Promise.all(ids.map((id) => line.call('app.info', {}, id)));
  expect(answers.every((a) => a.ok)).toBe(true);
  line.socket.close();
});

test('a thousand calls at once: some are told to wait, none is lost', async () => {
  const line = web.open();
  await line.ready;
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, i) => line.call('documents.list', {}, 10_000 + i)),
  );
  expect(answers).toHaveLength(1000);
  for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('call/busy');
  line.socket.close();
});

test('half requests, broken frames and noise on the socket', async () => {
  const upgrade = `GET /socket HTTP/1.1\r\nHost: ${web.at}\r\nOrigin: http://${web.at}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
  await Promise.all([
    raw(web.at, 'GET / HT'),
    ...Array.from({ length: 50 }, () => raw(web.at, `GET / HTTP/1.1\r\nHost: ${web.at}\r\nX-Slow: `)),
    raw(web.at, '\0\0\0\0'),
    raw(web.at, `GET / HTTP/1.1\r\nHost: ${web.at}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
    raw(web.at, `${upgrade}\u0081\u00fe`),
    raw(web.at, `${upgrade}\u00ff\u00ff\u00ff\u00ff\u00ff`),
    // A frame that says it has 2^63 bytes.
    raw(web.at, `${upgrade}\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff`),
    raw(web.at, upgrade.replace('Sec-WebSocket-Key', 'X')),
  ]);
  await stillServes();
});

test('names of what listens: loopback’s own, those of every address of the machine, no port where it is 80', () => {
  expect([...namesOf('127.0.0.1', 5)]).toEqual(['127.0.0.1:5', 'localhost:5', '[::1]:5']);
  expect([...namesOf('192.0.2.7', 5)]).toEqual(['192.0.2.7:5']);
  expect([...namesOf('2001:db8::7', 80)]).toEqual(['[2001:db8::7]:80', '[2001:db8::7]']);
  expect([...namesOf('0.0.0.0', 5)]).toEqual(expect.arrayContaining(['127.0.0.1:5', 'localhost:5']));
});

test('two hundred lines at once', async () => {
  const lines = Array.from({ length: 200 }, () => web.open());
  const ready = await Promise.all(lines.map((l) => l.ready));
  expect(ready.every((r) => r === 'in')).toBe(true);
  for (const line of lines) line.socket.terminate();
  await stillServes();
});
