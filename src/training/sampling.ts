/** At which steps a network is looked at: as often as asked, as long as it costs little. */

/** Of the time that training takes without looking. */
export const COST_LIMIT = 0.03;
/** After so many looks the distance between two doubles, and again: the file grows with the logarithm of the run. */
const LOOKS_A_STRIDE = 512;
/** The same for histograms, which are the larger part of a look, counted in looks. */
const HISTOGRAMS_A_STRIDE = 64;
/** How much of the mean the last measurement makes up. */
const FRESH = 0.2;

const strideAfter = (count: number, each: number) => 2 ** Math.floor(count / each);

export interface Looked {
  /** Whether histograms belong into this look. */
  readonly histograms: boolean;
}

export class Sampling {
  readonly #every: number;
  #looks = 0;
  #histograms = 0;
  #nextHistogram = 0;
  #next: number;
  /** Milliseconds of a step without looking, of what looking adds; undefined before the first. */
  #plain: number | undefined;
  #excess: number | undefined;
  #trained = 0;
  #spent = 0;

  /** @param every steps between two looks; 0: never. @param from steps done before */
  constructor(every: number, from = 0) {
    this.#every = every;
    this.#next = from;
  }

  /** Whether the step should be looked at. */
  due(step: number): boolean {
    if (this.#every === 0 || step < this.#next) return false;
    return this.#excess === undefined || this.#spent + this.#excess <= COST_LIMIT * this.#trained;
  }

  /** What a step took that was not looked at. */
  stepped(ms: number): void {
    this.#plain = blend(this.#plain, ms);
    this.#trained += ms;
  }

  /** The same of one that was. */
  looked(step: number, ms: number): Looked {
    const histograms = this.#looks >= this.#nextHistogram;
    if (histograms) this.#nextHistogram = this.#looks + strideAfter(this.#histograms++, HISTOGRAMS_A_STRIDE);
    const excess = Math.max(0, ms - (this.#plain ?? ms));
    // What the first one does once for a network is told in docs/telemetry.md, and not made up for.
    if (this.#excess === undefined) this.#excess = 0;
    else {
      this.#excess = this.#spent === 0 ? excess : blend(this.#excess, excess);
      this.#spent += excess;
    }
    this.#trained += Math.min(ms, this.#plain ?? ms);
    this.#next = step + this.#every * strideAfter(this.#looks, LOOKS_A_STRIDE);
    this.#looks++;
    return { histograms };
  }
}

const blend = (mean: number | undefined, value: number) =>
  mean === undefined ? value : mean + FRESH * (value - mean);
