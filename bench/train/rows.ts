/** From what was measured to what is told: one row for each thing that has a goal. */
import { type EntryResult, figuresOf, type Measured, peersOf, type Results } from './results.ts';
import { median, ratioOf, type Spread, spreadOf } from './statistics.ts';
import type { Goals } from './works.ts';

export interface Ratio {
  readonly value: Spread;
  /** Absent: only told. */
  readonly goal?: number;
}

export interface Row {
  readonly title: string;
  readonly unit: 'ms' | 'MB';
  readonly own: Spread;
  /** PyTorch by default; for real pictures: the same on one fixed batch. */
  readonly base?: Spread;
  readonly toBase?: Ratio;
  readonly fastest?: { readonly title: string; readonly value: Spread };
  readonly toFastest?: Ratio;
}

const ratio = (value: Spread, goal?: number): Ratio => ({ value, ...(goal !== undefined && { goal }) });
/** Whether the goal is reached; a ratio without one is neither. */
export const isMet = ({ value, goal }: Ratio) => goal !== undefined && value.median <= goal;
const steps = ({ rounds }: Measured) => spreadOf(rounds.flat());
const aboveIdle = ({ peakMb, idleMb }: Measured) => peakMb - idleMb;
const whole = ({ peakMb }: Measured) => peakMb;
const exactly = (value: number): Spread => ({ median: value, min: value, max: value });

function least(all: readonly Measured[], by: (one: Measured) => number): Measured | undefined {
  return all.toSorted((a, b) => by(a) - by(b))[0];
}

function speedRow(result: EntryResult, own: Measured, title: string, goals: Goals): Row {
  const base = figuresOf(result, 'torch');
  const fastest = least(peersOf(result), ({ rounds }) => median(rounds.flat()));
  return {
    ...{ title, unit: 'ms', own: steps(own) },
    ...(base && { base: steps(base), toBase: ratio(ratioOf(own.rounds, base.rounds), goals.toDefault) }),
    ...(fastest && {
      fastest: { title: fastest.title, value: steps(fastest) },
      toFastest: ratio(ratioOf(own.rounds, fastest.rounds), goals.toFastest),
    }),
  };
}

function memoryRow(
  result: EntryResult,
  own: Measured,
  what: string,
  memoryOf: (one: Measured) => number,
  goals?: Goals,
): Row {
  const base = figuresOf(result, 'torch');
  const smallest = least(peersOf(result), memoryOf);
  const to = (other: Measured, goal?: number) => ratio(exactly(memoryOf(own) / memoryOf(other)), goal);
  return {
    title: `${result.entry.title}: peak memory ${what}`,
    ...{ unit: 'MB', own: exactly(memoryOf(own)) },
    ...(base && { base: exactly(memoryOf(base)), toBase: to(base, goals?.toDefault) }),
    ...(smallest && {
      fastest: { title: smallest.title, value: exactly(memoryOf(smallest)) },
      toFastest: to(smallest, goals?.toFastest),
    }),
  };
}

function picturesRow(result: EntryResult, own: Measured, goal: number): Row | undefined {
  const pictures = figuresOf(result, 'pictures');
  return (
    pictures && {
      title: `${result.entry.title}: a step on real pictures, beside one on a fixed batch`,
      ...{ unit: 'ms', own: steps(pictures), base: steps(own) },
      toBase: ratio(ratioOf(pictures.rounds, own.rounds), goal),
    }
  );
}

function rowsOfEntry(result: EntryResult, engine: string): Row[] {
  const { entry } = result;
  const own = figuresOf(result, 'stemma');
  const rows: (Row | undefined)[] = [];
  if (own && entry.pictures !== undefined) rows.push(picturesRow(result, own, entry.pictures));
  else if (own) {
    const goals = engine === 'portable' ? (entry.portable ?? entry.goals) : entry.goals;
    rows.push(speedRow(result, own, entry.title, goals));
    if (entry.memory)
      rows.push(
        memoryRow(result, own, 'above an idle process', aboveIdle, entry.memory),
        memoryRow(result, own, 'of the whole process', whole),
      );
  }
  const portable = figuresOf(result, 'portable');
  if (portable && entry.portable)
    rows.push(speedRow(result, portable, `${entry.title}, portable engine`, entry.portable));
  return rows.filter((row) => row !== undefined);
}

export const rowsOf = ({ entries, engine }: Results): Row[] =>
  entries.flatMap((entry) => rowsOfEntry(entry, engine));
