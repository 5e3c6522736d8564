/** Colours of runs: a run keeps its own as long as it is compared, whatever comes and goes beside it. */

/** Custom properties of the style sheet; neighbours in the list are easy to tell apart. */
const properties = [
  '--cat-residual',
  '--cat-activation',
  '--cat-ends',
  '--cat-joining',
  '--cat-normalisation',
  '--cat-stages',
  '--cat-custom',
  '--cat-shape',
] as const;

export interface RunColour {
  readonly property: string;
  /** Runs beyond the colours that there are get a line of other dashes, too. */
  readonly dash: readonly number[];
}

const dashes: readonly (readonly number[])[] = [[], [10, 4], [2, 3]];

export function colourOf(index: number): RunColour {
  return {
    property: properties[index % properties.length] as string,
    dash: dashes[Math.floor(index / properties.length) % dashes.length] as readonly number[],
  };
}

/** Places in the list of colours: those that had one keep it, the others take the first that is free. */
export function assignColours(
  runs: readonly string[],
  before: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const taken = new Set(runs.flatMap((run) => before[run] ?? []));
  const all = { ...before };
  for (const run of runs) {
    if (before[run] !== undefined) continue;
    let free = 0;
    while (taken.has(free)) free++;
    taken.add(free);
    all[run] = free;
  }
  // Who left gives a colour back only where another took it.
  return Object.fromEntries(
    Object.entries(all).filter(([run, index]) => runs.includes(run) || !taken.has(index)),
  );
}
