import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ConnectionStatus, connectWebBridge, REFUSED } from './web-bridge.ts';

/** A socket that does what the test says. */
class FakeSocket {
  static readonly made: FakeSocket[] = [];
  readonly sent: { token?: string; id?: number; call?: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {}
  hear(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  letIn() {
    this.onopen?.();
    this.hear({ welcome: true });
  }
}

const latest = () => FakeSocket.made.at(-1) as FakeSocket;
let statuses: ConnectionStatus[];
const open = () => connectWebBridge('ws://x/socket', 'secret', FakeSocket, (status) => statuses.push(status));

beforeEach(() => {
  statuses = [];
  FakeSocket.made.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('the token goes first; calls made before the welcome follow it', async () => {
  const bridge = open();
  const answer = bridge.call('app.info', {});
  latest().onopen?.();
  expect(latest().sent).toEqual([{ token: 'secret' }]);
  latest().hear({ welcome: true });
  expect(latest().sent[1]).toMatchObject({ id: 1, call: 'app.info', argument: {} });
  latest().hear({ id: 1, answer: { ok: true, value: 'x' } });
  expect(await answer).toEqual({ ok: true, value: 'x' });
});

test('answers may come in any order; an answer to nothing is nothing', async () => {
  const bridge = open();
  latest().letIn();
  const [a, b] = [bridge.call('app.info', {}), bridge.call('settings.get', {})];
  latest().hear({ id: 2, answer: { ok: true, value: 'b' } });
  latest().hear({ id: 99, answer: { ok: true, value: 'none' } });
  latest().hear({ id: 1, answer: { ok: true, value: 'a' } });
  expect([await a, await b]).toMatchObject([{ value: 'a' }, { value: 'b' }]);
});

test('a call that was under way when the line broke is told so; later ones wait for the next line', async () => {
  const bridge = open();
  latest().letIn();
  const lost = bridge.call('app.info', {});
  latest().onclose?.({ code: 1006 });
  expect(await lost).toMatchObject({ ok: false, error: { code: 'host/gone' } });
  const later = bridge.call('settings.get', {});
  vi.advanceTimersByTime(250);
  expect(FakeSocket.made).toHaveLength(2);
  latest().letIn();
  latest().hear({ id: 2, answer: { ok: true, value: 'back' } });
  expect(await later).toMatchObject({ value: 'back' });
  expect(statuses).toEqual(['connected', 'lost', 'connected']);
});

test('a host that stays away: calls give up after ten seconds, the page tries on ever more slowly', async () => {
  const bridge = open();
  latest().onclose?.({ code: 1006 });
  const call = bridge.call('app.info', {});
  for (let i = 0, closed = latest(); i < 20; i++) {
    vi.advanceTimersByTime(1000);
    if (latest() === closed) continue;
    closed = latest();
    closed.onclose?.({ code: 1006 });
  }
  expect(await call).toMatchObject({ ok: false, error: { code: 'host/gone' } });
  expect(FakeSocket.made.length).toBeGreaterThan(4);
  expect(FakeSocket.made.length).toBeLessThan(12);
});

test('listeners outlast a lost line, and end when they are told', () => {
  const bridge = open();
  latest().letIn();
  const heard: unknown[] = [];
  const end = bridge.on('runs.changed', (value) => heard.push(value));
  latest().onclose?.({ code: 1006 });
  vi.advanceTimersByTime(300);
  latest().letIn();
  latest().hear({ event: 'runs.changed', value: { n: 1 } });
  end();
  latest().hear({ event: 'runs.changed', value: { n: 2 } });
  expect(heard).toEqual([{ n: 1 }]);
});

test('a refused token is final', async () => {
  const bridge = open();
  const call = bridge.call('app.info', {});
  latest().onopen?.();
  latest().onclose?.({ code: REFUSED });
  expect(await call).toMatchObject({ ok: false });
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(1);
  expect(statuses).toEqual(['refused']);
  expect(await bridge.call('app.info', {})).toMatchObject({ ok: false });
});
