/** All that the page sees of us: `window.stemma`, with `call` and `on`. Runs in the sandbox; one CommonJS bundle. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Answer, Answers, Bridge, CallName, EventName, Events } from '../src/services/contract.ts';
import { eventNames } from '../src/services/event-names.ts';
import { CALL, EVENT } from './channels.ts';

type Listener = (value: never) => void;
const listeners = new Map<string, Set<Listener>>(eventNames.map((name) => [name, new Set()]));

ipcRenderer.on(EVENT, (_event, name: string, value: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(value as never);
});

const bridge: Bridge = {
  async call<K extends CallName>(name: K, argument: unknown): Promise<Answer<Answers[K]>> {
    try {
      return await ipcRenderer.invoke(CALL, name, argument);
    } catch (error) {
      // What cannot be copied to the other side (a function, a window) never arrives there.
      const message = `The call could not be sent: ${error instanceof Error ? error.message : String(error)}`;
      return { ok: false, error: { code: 'call/refused', message, hint: null } };
    }
  },
  on<K extends EventName>(name: K, listener: (value: Events[K]) => void): () => void {
    const known = listeners.get(name);
    if (!known) throw new Error(`There is no event '${name}'.`);
    // The same function may be given twice, and each ends alone.
    const own: Listener = (value) => listener(value);
    known.add(own);
    return () => void known.delete(own);
  },
};

contextBridge.exposeInMainWorld('stemma', bridge);
