/** Questions one at a time; of several about one thing that wait, only the newest is asked. */
export class Latest<Key> {
  readonly #waiting = new Map<Key, () => Promise<void>>();
  #running = false;

  /** `ask` tells its errors itself. `first`: before all others that wait. */
  put(key: Key, ask: () => Promise<void>, first = false): void {
    const others = [...this.#waiting].filter(([other]) => other !== key);
    // One that waits keeps its turn.
    if (!first && this.#waiting.has(key)) this.#waiting.set(key, ask);
    else {
      this.#waiting.clear();
      for (const [other, waits] of first
        ? [[key, ask] as const, ...others]
        : [...others, [key, ask] as const])
        this.#waiting.set(other, waits);
    }
    void this.#run();
  }

  drop(): void {
    this.#waiting.clear();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#take(); next; next = this.#take()) await next();
    } finally {
      this.#running = false;
    }
  }

  #take(): (() => Promise<void>) | undefined {
    for (const [key, ask] of this.#waiting) {
      this.#waiting.delete(key);
      return ask;
    }
    return undefined;
  }
}
