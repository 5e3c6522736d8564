/** One WebSocket: lets a page in by its token, then carries calls, answers and events. */
import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import type { Caller, EventName, Events } from '../../services/contract.ts';
import { dispatch } from '../../services/dispatch.ts';
import type { Services } from '../../services/host.ts';
import { REFUSED } from '../../services/web-bridge.ts';

const TOKEN_WAIT_MS = 5000;
const PING_MS = 20_000;
const MAX_IN_FLIGHT = 64;
/** What may wait to be sent; a page that does not read any more is let go. */
const MAX_BUFFERED_BYTES = 64 * 2 ** 20;

const NOT_TEXT = 1003;
const NOT_UNDERSTOOD = 1008;

export interface Line {
  emit<K extends EventName>(name: K, value: Events[K]): void;
}

interface LineOptions {
  readonly token: string;
  readonly services: Services;
  /** The page is in; from now on events reach it. */
  onIn(line: Line, caller: Caller): void;
  onGone(line: Line): void;
}

function isToken(data: RawData, token: string): boolean {
  let given: unknown;
  try {
    given = (JSON.parse(String(data)) as { token?: unknown } | null)?.token;
  } catch {
    return false;
  }
  const [a, b] = [Buffer.from(String(given)), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function serveLine(socket: WebSocket, { token, services, onIn, onGone }: LineOptions): void {
  let inside = false;
  let alive = true;
  let inFlight = 0;
  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const line: Line = { emit: (event, value) => send({ event, value }) };
  const caller: Caller = { id: randomUUID(), emit: line.emit };
  const late = setTimeout(() => socket.close(REFUSED, 'no token'), TOKEN_WAIT_MS);
  const beat = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS);

  async function answer(data: RawData): Promise<void> {
    let message: { id?: unknown; call?: unknown; argument?: unknown } | null;
    try {
      message = JSON.parse(String(data)) as typeof message;
    } catch {
      socket.close(NOT_UNDERSTOOD, 'not JSON');
      return;
    }
    const id = message?.id;
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
      socket.close(NOT_UNDERSTOOD, 'no id');
      return;
    }
    if (inFlight >= MAX_IN_FLIGHT) {
      const error = { code: 'call/busy', message: 'Too many calls at once.', hint: 'Wait for the answers.' };
      send({ id, answer: { ok: false, error } });
      return;
    }
    inFlight++;
    send({ id, answer: await dispatch(services.handlers, message?.call, message?.argument, caller) });
    inFlight--;
  }

  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.close(NOT_TEXT, 'text only');
    else if (inside) void answer(data);
    else if (isToken(data, token)) {
      inside = true;
      clearTimeout(late);
      onIn(line, caller);
      send({ welcome: true });
    } else socket.close(REFUSED, 'wrong token');
  });
  // A frame that breaks the protocol or is too large: ws closes the line itself.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(late);
    clearInterval(beat);
    if (!inside) return;
    onGone(line);
    services.callerGone(caller);
  });
}
