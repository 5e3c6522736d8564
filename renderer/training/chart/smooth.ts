import { type Column, Curve } from './column.ts';

/**
 * Moving average whose weights fall by `keep` a step, without the pull of its beginning towards zero (Kingma & Ba
 * 2015, §3). What is no number is passed over. It grows with what it follows.
 */
export class Smoothed {
  readonly curve = new Curve();
  readonly #of: Column;
  readonly #keep: number;
  #sum = 0;
  #weight = 0;

  constructor(of: Column, keep: number) {
    this.#of = of;
    this.#keep = keep;
    this.grow();
  }

  grow(): void {
    const keep = this.#keep;
    for (let i = this.curve.length; i < this.#of.length; i++) {
      const value = this.#of.at(i);
      if (Number.isFinite(value)) {
        this.#sum = keep * this.#sum + (1 - keep) * value;
        this.#weight = keep * this.#weight + (1 - keep);
      }
      this.curve.push(this.#weight > 0 ? this.#sum / this.#weight : Number.NaN);
    }
  }
}
