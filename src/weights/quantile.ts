/** From uniform words to normal numbers: one inverse distribution function, and a table of its middle. */

/** Horner's scheme, highest power first. */
const polynomial = (x: number, coefficients: readonly number[]) =>
  coefficients.reduce((sum, c) => sum * x + c, 0);

// Numerators and denominators of AS241's three regions, highest power first.
const MIDDLE = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
] as const;
const TAIL = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
] as const;
const FAR_TAIL = [
  [
    2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
] as const;

/**
 * x with Φ(x) = u, for u in (0, 1); relative error about 1e-16.
 * Wichura 1988, "Algorithm AS 241: The Percentage Points of the Normal Distribution", PPND16.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, MIDDLE[0])) / polynomial(r, MIDDLE[1]);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? u : 1 - u));
  const [shift, [above, below]] = r <= 5 ? [1.6, TAIL] : [5, FAR_TAIL];
  const x = polynomial(r - shift, above) / polynomial(r - shift, below);
  return q < 0 ? -x : x;
}

/** Share of the normal distribution below −2: Φ(−2). */
export const BELOW_MINUS_2 = 0.02275013194817921;

const CELLS = 8192;
/** Bits of a word that say where in its cell it lies. */
const FRACTION_BITS = 19;
/** At this many cells of either end the full normal bends too much for straight pieces: u < 1/32. */
const TAIL_CELLS = CELLS / 32;

/**
 * The quantile function in 8,192 straight pieces over (0, 1), as [value at the cell's middle word, slope per word].
 * 128 KB, so it stays in the second-level cache. Off by at most 1e-6 of σ where it is used (tested): a float32 near
 * 2σ is itself rounded by 1.2e-7.
 */
function tableOf(cut: number): Float64Array {
  const table = new Float64Array(CELLS * 2);
  const knots = Float64Array.from({ length: CELLS + 1 }, (_, i) => {
    // The full normal has no value at 0 and 1; the cells beside them are never read.
    const share = Math.min(Math.max(i / CELLS, 2 ** -40), 1 - 2 ** -40);
    return normalQuantile(cut + (1 - 2 * cut) * share);
  });
  for (let i = 0; i < CELLS; i++) {
    const start = knots[i] as number;
    const slope = ((knots[i + 1] as number) - start) / 2 ** FRACTION_BITS;
    // A word stands for the middle of its 2⁻³² share, so nothing is ever 0 or 1.
    table[i * 2] = start + slope / 2;
    table[i * 2 + 1] = slope;
  }
  return table;
}

const tables = new Map<number, Float64Array>();

function tableFor(cut: number): Float64Array {
  let table = tables.get(cut);
  if (!table) {
    table = tableOf(cut);
    tables.set(cut, table);
  }
  return table;
}

/**
 * `out[i]` = `std` × the standard normal number that `words[i]` picks; may share its memory with `words`.
 * `truncated` cuts at ±2σ, as if numbers beyond were drawn again; `std` is that of the uncut distribution.
 */
export function normalFromWords(
  out: Float32Array,
  words: Uint32Array,
  std: number,
  truncated: boolean,
): void {
  const table = tableFor(truncated ? BELOW_MINUS_2 : 0);
  const [first, end] = truncated ? [0, CELLS] : [TAIL_CELLS, CELLS - TAIL_CELLS];
  const mask = 2 ** FRACTION_BITS - 1;
  for (let i = 0; i < out.length; i++) {
    const word = words[i] as number;
    const cell = word >>> FRACTION_BITS;
    if (cell >= first && cell < end)
      out[i] = std * ((table[cell * 2] as number) + (table[cell * 2 + 1] as number) * (word & mask));
    else out[i] = std * normalQuantile((word + 0.5) / 2 ** 32);
  }
}
