/** One WebSocket: lets a page in by its token, then carries calls, answers and events. */
import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Answer, Caller, EventName, Events } from '../../services/contract.ts';
import { dispatch } from '../../services/dispatch.ts';
import type { Services } from '../../services/host.ts';
import { REFUSED } from '../../services/web-bridge.ts';
import { type Frame, readFrame } from './frame.ts';

const TOKEN_WAIT_MS = 5000;
/** A token and what stands around it; whoever sends more before he is in is let go. */
const MAX_TOKEN_BYTES = 4096;
const PING_MS = 20_000;
const MAX_IN_FLIGHT = 64;
/** What may wait to be sent; a page that does not read any more is let go. */
const MAX_BUFFERED_BYTES = 64 * 2 ** 20;

const NOT_TEXT = 1003;
const NOT_UNDERSTOOD = 1008;
/** Not `REFUSED`: a page that was held up shall come again. */
export const TOO_LATE = 4408;

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

/** What `ws` takes apart can have any size up to its limit, so the bytes are counted where they come in. */
function guardBefore(stream: Duplex, isIn: () => boolean): void {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (isIn()) stream.off('data', count);
    else if (bytes > MAX_TOKEN_BYTES) stream.destroy();
  };
  stream.on('data', count);
}

/** `stream`: what the socket stands on. */
export function serveLine(
  socket: WebSocket,
  stream: Duplex,
  { token, services, onIn, onGone }: LineOptions,
): void {
  let inside = false;
  /** We have closed it, but what was on its way still arrives: nothing of it counts. */
  let ended = false;
  let alive = true;
  let inFlight = 0;
  const end = (code: number, why: string) => {
    ended = true;
    socket.close(code, why);
  };
  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const line: Line = { emit: (event, value) => send({ event, value }) };
  const caller: Caller = { id: randomUUID(), emit: line.emit };
  const late = setTimeout(() => end(TOO_LATE, 'no token'), TOKEN_WAIT_MS);
  const beat = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS);
  guardBefore(stream, () => inside);

  async function answerTo({ call, argument }: Frame): Promise<Answer<unknown>> {
    if (inFlight >= MAX_IN_FLIGHT) {
      const error = { code: 'call/busy', message: 'Too many calls at once.', hint: 'Wait for the answers.' };
      return { ok: false, error };
    }
    inFlight++;
    const answer = await dispatch(services.handlers, call, argument, caller);
    inFlight--;
    return answer;
  }

  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    if (ended) return;
    if (isBinary) return end(NOT_TEXT, 'text only');
    if (inside) {
      const frame = readFrame(String(data));
      if (frame) void answerTo(frame).then((answer) => send({ id: frame.id, answer }));
      else end(NOT_UNDERSTOOD, 'not understood');
    } else if (isToken(data, token)) {
      inside = true;
      clearTimeout(late);
      onIn(line, caller);
      send({ welcome: true });
    } else end(REFUSED, 'wrong token');
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
