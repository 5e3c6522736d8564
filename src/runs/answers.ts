/**
 * What a network answered for each picture of a set, at a few looks: a line of JSON that says what follows, then
 * little-endian numbers, one after another. Ten bytes a picture and look, two more a picture.
 */
import { AppError } from '../base/errors.ts';

export const ANSWERS_VERSION = 1;
export const answerSets = ['validation', 'test'] as const;
export type AnswerSet = (typeof answerSets)[number];

export interface Look {
  /** Steps trained when it was taken. */
  readonly step: number;
  readonly epoch: number;
  /** [count]: the class with the largest probability. */
  readonly answers: Uint16Array;
  /** [count]: that probability. */
  readonly answerProbability: Float32Array;
  /** [count]: the probability of the true class. */
  readonly truthProbability: Float32Array;
}

export interface Answers {
  /** [count]: the true classes. */
  readonly labels: Uint16Array;
  /** The newest first. */
  readonly looks: readonly Look[];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Parts of the file. */
export function answersParts({ labels, looks }: Answers): (string | Uint8Array)[] {
  const header = {
    ...{ formatVersion: ANSWERS_VERSION, count: labels.length },
    looks: looks.map(({ step, epoch }) => ({ step, epoch })),
  };
  return [
    `${JSON.stringify(header)}\n`,
    bytesOf(labels),
    ...looks.flatMap((look) => [look.answers, look.answerProbability, look.truthProbability].map(bytesOf)),
  ];
}

interface Header {
  readonly formatVersion?: unknown;
  readonly count?: unknown;
  readonly looks?: unknown;
}

/** @throws AppError('runs/damaged' | 'runs/newer'), naming `file` */
export function parseAnswers(bytes: Uint8Array, file: string): Answers {
  const damaged = (why: string) => new AppError('runs/damaged', `${file} cannot be read: ${why}.`);
  const end = bytes.indexOf(10);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Header;
  } catch {
    throw damaged('its first line is no JSON');
  }
  const { formatVersion, count, looks } = header;
  if (typeof formatVersion === 'number' && formatVersion > ANSWERS_VERSION)
    throw new AppError('runs/newer', `${file} was written by a newer Stemma (format ${formatVersion}).`);
  if (formatVersion !== ANSWERS_VERSION || !Number.isInteger(count) || !Array.isArray(looks))
    throw damaged('its first line does not say what follows');
  const n = count as number;
  const expected = end + 1 + n * (2 + 10 * looks.length);
  if (bytes.length !== expected) throw damaged(`expected ${expected} bytes, received ${bytes.length}`);
  let at = end + 1;
  /** A copy: where a number begins in the file is no place where one may begin in memory. */
  const next = (size: number) => {
    const from = at;
    at += n * size;
    return new Uint8Array(bytes.subarray(from, at)).buffer;
  };
  const labels = new Uint16Array(next(2));
  return {
    labels,
    looks: (looks as Pick<Look, 'step' | 'epoch'>[]).map(({ step, epoch }) => ({
      ...{ step, epoch },
      answers: new Uint16Array(next(2)),
      answerProbability: new Float32Array(next(4)),
      truthProbability: new Float32Array(next(4)),
    })),
  };
}

/**
 * Which looks are worth keeping, the newest first: the last two, and the last of each of the two epochs before, so that
 * one sees what changed since.
 */
export function looksToKeep<T extends Pick<Look, 'epoch'>>(looks: readonly T[]): T[] {
  const ends = looks.filter((look, i) => i > 0 && look.epoch !== looks[i - 1]?.epoch);
  const kept = new Set([...looks.slice(0, 2), ...ends.slice(0, 2)]);
  return looks.filter((look) => kept.has(look));
}
