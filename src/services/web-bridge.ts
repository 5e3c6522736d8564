/**
 * The page's end of the web host's line: JSON text over a WebSocket. Page → host: first {token}, then
 * {id, call, argument}; host → page: {id, answer} or {event, value}.
 */
import type { Answer, Answers, Bridge, CallArgument, CallName, EventName, Events } from './contract.ts';

/** What we use of the browser's WebSocket; src/ has no types of the browser. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown } & never) => void) | null;
  onclose: ((event: { readonly code: number } & never) => void) | null;
}
type SocketClass = new (url: string) => object;

export type ConnectionStatus = 'connected' | 'lost' | 'refused';

/** The host closes with this code where the token is not its own. */
export const REFUSED = 4401;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
/** How long a call waits for a lost line. */
const PATIENCE_MS = 10_000;

interface Waiting {
  readonly text: string;
  readonly resolve: (answer: Answer<never>) => void;
  sent: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

const gone: Answer<never> = {
  ok: false,
  error: {
    code: 'host/gone',
    message: 'Stemma’s program does not answer.',
    hint: 'It may have been ended; start it again. What the page shows is still here.',
  },
};

/** Connects, and connects again whenever the line is lost; listeners stay. Its calls never reject. */
export function connectWebBridge(
  url: string,
  token: string,
  WebSocketClass: SocketClass,
  onStatus: (status: ConnectionStatus) => void,
): Bridge {
  const listeners = new Map<EventName, Set<(value: never) => void>>();
  const calls = new Map<number, Waiting>();
  let nextId = 1;
  let wait = FIRST_WAIT_MS;
  /** Present once the host has let us in. */
  let line: Socket | undefined;
  let refused = false;

  const finish = (id: number, answer: Answer<never>) => {
    const call = calls.get(id);
    if (!call) return;
    clearTimeout(call.timer);
    calls.delete(id);
    call.resolve(answer);
  };

  function receive(data: unknown): void {
    const message = JSON.parse(String(data)) as {
      id?: number;
      answer?: Answer<never>;
      event?: EventName;
      value?: never;
    };
    if (message.event !== undefined)
      for (const listener of listeners.get(message.event) ?? []) listener(message.value as never);
    else if (message.id !== undefined && message.answer) finish(message.id, message.answer);
  }

  function connect(): void {
    const socket = new WebSocketClass(url) as Socket;
    socket.onopen = () => socket.send(JSON.stringify({ token }));
    socket.onmessage = ({ data }) => {
      if (line === socket) return receive(data);
      // The first word is the host's welcome.
      line = socket;
      wait = FIRST_WAIT_MS;
      onStatus('connected');
      for (const call of calls.values())
        if (!call.sent) {
          call.sent = true;
          socket.send(call.text);
        }
    };
    socket.onclose = ({ code }) => {
      if (line === socket) line = undefined;
      // What was asked may or may not have been done: the caller must hear that nothing is known.
      for (const [id, call] of calls) if (call.sent) finish(id, gone);
      if (code === REFUSED) {
        refused = true;
        onStatus('refused');
        for (const id of [...calls.keys()]) finish(id, gone);
        return;
      }
      onStatus('lost');
      setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    };
  }
  connect();

  return {
    call<K extends CallName>(call: K, argument: CallArgument<K>): Promise<Answer<Answers[K]>> {
      if (refused) return Promise.resolve(gone);
      const id = nextId++;
      return new Promise((resolve) => {
        const text = JSON.stringify({ id, call, argument });
        const waiting: Waiting = { text, resolve: resolve as Waiting['resolve'], sent: line !== undefined };
        calls.set(id, waiting);
        if (line) line.send(text);
        else
          waiting.timer = setTimeout(() => {
            if (!waiting.sent) finish(id, gone);
          }, PATIENCE_MS);
      });
    },
    on<K extends EventName>(name: K, listener: (value: Events[K]) => void) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all);
      all.add(listener as (value: never) => void);
      return () => void all.delete(listener as (value: never) => void);
    },
  };
}
