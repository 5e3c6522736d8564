/** Numbers that grow at their end, with the extremes of any part of them found in a few looks. */

const BITS = 13;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

/** What is there is never copied: a full piece is followed by a new one. */
export class Column {
  readonly #pieces: Float64Array[] = [];
  length = 0;

  static of(values: Iterable<number>): Column {
    const column = new Column();
    for (const value of values) column.push(value);
    return column;
  }

  push(value: number): void {
    if ((this.length & MASK) === 0 && this.length >> BITS === this.#pieces.length)
      this.#pieces.push(new Float64Array(SIZE));
    (this.#pieces[this.length >> BITS] as Float64Array)[this.length & MASK] = value;
    this.length++;
  }

  /** NaN where there is none. */
  at(index: number): number {
    return index < this.length && index >= 0
      ? ((this.#pieces[index >> BITS] as Float64Array)[index & MASK] as number)
      : Number.NaN;
  }

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.at(this.length - 1);
  }

  /** A copy of them all. */
  get values(): Float64Array {
    return Float64Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  /** Of rising values: the first that is not below `value`, looked for from `from` on. */
  lowerBound(value: number, from = 0): number {
    let [low, high] = [from, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Each level holds the extremes of eight of the level below. */
const STEP_BITS = 3;
const STEP = 1 << STEP_BITS;

export interface Extremes {
  readonly low: number;
  readonly high: number;
}

/** A column with a pyramid of extremes over it. What is no number is in none of them. */
export class Curve extends Column {
  readonly #lows: Column[] = [];
  readonly #highs: Column[] = [];

  static override of(values: Iterable<number>): Curve {
    const curve = new Curve();
    for (const value of values) curve.push(value);
    return curve;
  }

  override push(value: number): void {
    super.push(value);
    for (let level = 0; this.length % STEP ** (level + 1) === 0; level++) this.#raise(level);
  }

  /** Closes a block of `level + 1`. */
  #raise(level: number): void {
    const [lows, highs] = [this.#lowsAt(level), this.#highsAt(level)];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = lows.length - STEP; i < lows.length; i++) {
      if (lows.at(i) < low) low = lows.at(i);
      if (highs.at(i) > high) high = highs.at(i);
    }
    this.#lows[level] ??= new Column();
    this.#highs[level] ??= new Column();
    this.#lows[level].push(low);
    this.#highs[level].push(high);
  }

  #lowsAt(level: number): Column {
    return level === 0 ? this : (this.#lows[level - 1] as Column);
  }

  #highsAt(level: number): Column {
    return level === 0 ? this : (this.#highs[level - 1] as Column);
  }

  /** Of [from, to); ∞ and −∞ where there is no number. */
  extremes(from: number, to: number): Extremes {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const end = Math.min(to, this.length);
    let at = Math.max(0, from);
    while (at < end) {
      let level = 0;
      let size = 1;
      while (level < this.#lows.length && at % (size * STEP) === 0 && at + size * STEP <= end) {
        size *= STEP;
        level++;
      }
      const index = at / size;
      const [a, b] = [this.#lowsAt(level).at(index), this.#highsAt(level).at(index)];
      if (a < low) low = a;
      if (b > high) high = b;
      at += size;
    }
    return { low, high };
  }
}
