/** Calls `act` at most once in `ms`: at once, and again when the time is over where something came meanwhile. */
export class Throttle {
  readonly #act: () => void;
  readonly #ms: number;
  #timer: NodeJS.Timeout | undefined;
  #wanted = false;

  constructor(act: () => void, ms = 100) {
    this.#act = act;
    this.#ms = ms;
  }

  request(): void {
    if (this.#timer) this.#wanted = true;
    else this.now();
  }

  /** Whatever was called before: for what must not wait. */
  now(): void {
    clearTimeout(this.#timer);
    this.#wanted = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#wanted) this.now();
    }, this.#ms);
    this.#act();
  }

  /** What waits is not called any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
  }
}
