/**
 * contextBridge between two worlds of one page, over events of its document, which arrive before `dispatchEvent`
 * returns. Both functions are sent as text and may use nothing from outside. Values cross as JSON: what only
 * Electron's own cloning carries (NaN, typed arrays) does not.
 */

type Value =
  | { kind: 'value'; value: unknown }
  | { kind: 'function'; id: number }
  | { kind: 'promise'; id: number }
  | { kind: 'error'; message: string };

/** In the page's own world. */
export function mainWorld(key: string): void {
  let count = 0;
  let answer: Value = { kind: 'value', value: undefined };
  const callbacks = new Map<number, (...words: unknown[]) => void>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const tell = (name: string, value: unknown) =>
    document.dispatchEvent(new CustomEvent(key + name, { detail: JSON.stringify(value) }));
  const hear = <T>(name: string, listener: (value: T) => void) =>
    document.addEventListener(key + name, (event) =>
      listener(JSON.parse((event as CustomEvent<string>).detail)),
    );

  function pack(word: unknown): Value {
    if (typeof word !== 'function') return { kind: 'value', value: structuredClone(word) };
    callbacks.set(++count, word as (...words: unknown[]) => void);
    return { kind: 'function', id: count };
  }
  function unpack(value: Value): unknown {
    if (value.kind === 'value') return value.value;
    if (value.kind === 'error') throw new Error(value.message);
    if (value.kind === 'function') return (...words: unknown[]) => invoke({ id: value.id }, words);
    return new Promise((resolve, reject) => promises.set(value.id, { resolve, reject }));
  }
  function invoke(target: unknown, words: unknown[]): unknown {
    tell('invoke', { target, words: words.map(pack) });
    return unpack(answer);
  }

  hear<Value>('answer', (value) => {
    answer = value;
  });
  hear<{ id: number; words: unknown[] }>('callback', ({ id, words }) => callbacks.get(id)?.(...words));
  hear<{ id: number; value: Value }>('settle', ({ id, value }) => {
    const promise = promises.get(id);
    promises.delete(id);
    if (value.kind === 'error') promise?.reject(new Error(value.message));
    else promise?.resolve(unpack(value));
  });
  hear<{ name: string; keys: string[] }>('expose', ({ name, keys }) => {
    const entries = keys.map((own) => [own, (...words: unknown[]) => invoke({ name, own }, words)]);
    Object.defineProperty(window, name, {
      value: Object.freeze(Object.fromEntries(entries)),
      enumerable: true,
    });
  });
}

/** In the preload's world. `binding` is a function that Chromium put there; it carries text to us. */
export function preloadWorld(
  key: string,
  binding: string,
  preload: (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void,
): void {
  type Callable = (...words: unknown[]) => unknown;
  let count = 0;
  const exposed = new Map<string, Record<string, Callable>>();
  const functions = new Map<number, Callable>();
  const invoking = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<Callable>>();
  const tell = (name: string, value: unknown) =>
    document.dispatchEvent(new CustomEvent(key + name, { detail: JSON.stringify(value) }));

  function pack(value: unknown): Value {
    if (value instanceof Promise) {
      const id = ++count;
      value.then(
        (settled) => tell('settle', { id, value: pack(settled) }),
        (error: Error) => tell('settle', { id, value: { kind: 'error', message: error.message } }),
      );
      return { kind: 'promise', id };
    }
    if (typeof value !== 'function') return { kind: 'value', value };
    functions.set(++count, value as Callable);
    return { kind: 'function', id: count };
  }
  const unpack = (word: Value) => {
    if (word.kind !== 'function') return word.kind === 'value' ? word.value : undefined;
    return (...words: unknown[]) => void tell('callback', { id: word.id, words });
  };
  document.addEventListener(`${key}invoke`, (event) => {
    const { target, words } = JSON.parse((event as CustomEvent<string>).detail) as {
      target: { id: number } | { name: string; own: string };
      words: Value[];
    };
    const called = 'id' in target ? functions.get(target.id) : exposed.get(target.name)?.[target.own];
    try {
      tell('answer', pack(called?.(...words.map(unpack))));
    } catch (error) {
      tell('answer', { kind: 'error', message: (error as Error).message });
    }
  });

  const toMain = (globalThis as unknown as Record<string, (text: string) => void>)[binding];
  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, api: Record<string, Callable>) {
        exposed.set(name, api);
        tell('expose', { name, keys: Object.keys(api) });
      },
    },
    ipcRenderer: {
      invoke: async (channel: string, ...words: unknown[]) => {
        const copied = structuredClone(words);
        return await new Promise((resolve, reject) => {
          invoking.set(++count, { resolve, reject });
          toMain?.(JSON.stringify({ id: count, channel, words: copied }));
        });
      },
      on(channel: string, listener: Callable) {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      },
    },
  };
  Object.assign(globalThis, {
    [`${key}reply`](id: number, value: unknown, message?: string) {
      const asked = invoking.get(id);
      invoking.delete(id);
      if (message === undefined) asked?.resolve(value);
      else asked?.reject(new Error(message));
    },
    [`${key}event`](channel: string, words: unknown[]) {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...words);
    },
  });
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`); // As in a sandboxed preload.
    return electron;
  };
  preload(require, { exports: {} }, {});
}
