import { expect, test } from 'vitest';
import { augmentInto, cutOut, type Draw, draw } from './augment.ts';
import type { ImageSet } from './dataset.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';

const picture = Float32Array.of(1, 2, 3, 4, 5, 6);
const still: Draw = { down: 0, right: 0, mirrored: false, centre: [0, 0] };
const changed = (drawn: Partial<Draw>) => {
  const out = new Float32Array(6);
  const whole: Draw = { ...still, ...drawn };
  augmentInto(out, picture, [2, 3, 1], whole, Float32Array.of(-1));
  return [...out];
};

test('moved and mirrored, black where nothing was', () => {
  expect(changed({})).toEqual([1, 2, 3, 4, 5, 6]);
  expect(changed({ mirrored: true })).toEqual([3, 2, 1, 6, 5, 4]);
  expect(changed({ right: 1 })).toEqual([2, 3, -1, 5, 6, -1]);
  expect(changed({ right: -2, down: 1 })).toEqual([-1, -1, 4, -1, -1, -1]);
  expect(changed({ right: 1, down: -1, mirrored: true })).toEqual([-1, -1, -1, -1, 3, 2]);
  const colour = new Float32Array(6);
  augmentInto(colour, picture, [1, 2, 3], { ...still, right: 1, mirrored: true }, Float32Array.of(7, 8, 9));
  expect([...colour]).toEqual([7, 8, 9, 4, 5, 6]);
});

test('every move and both sides come about equally often, anew at each epoch', () => {
  const seen = new Map<string, number>();
  for (let i = 0; i < 5000; i++) {
    const { down, right, mirrored } = draw(3, 1, i, { flip: true, shift: 2 });
    const key = `${down} ${right} ${mirrored}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  expect(seen.size).toBe(50);
  for (const times of seen.values()) expect(Math.abs(times - 100)).toBeLessThan(50);
  expect(draw(3, 1, 4, { shift: 2 })).toMatchObject({ mirrored: false });
  expect(draw(3, 1, 4, { flip: true })).toMatchObject({ down: 0, right: 0 });
  const moves = (seed: number, epoch: number) =>
    Array.from({ length: 20 }, (_, i) => draw(seed, epoch, i, { shift: 9 }).right);
  expect(moves(3, 1)).toEqual(moves(3, 1));
  expect(moves(3, 2)).not.toEqual(moves(3, 1));
  expect(moves(4, 1)).not.toEqual(moves(3, 1));
  expect(moves(3 + 2 ** 32, 1)).not.toEqual(moves(3, 1));
});

test('a square of the side that was asked for, less of it at the border, black by channel', () => {
  const cut = (side: number, centre: readonly [number, number]) => {
    const whole = new Float32Array(4 * 3 * 2).fill(9);
    cutOut(whole, [4, 3, 2], side, { ...still, centre }, Float32Array.of(1, 2));
    return Array.from({ length: 4 }, (_, y) => [...whole.subarray(y * 6, y * 6 + 6)].join(''));
  };
  expect(cut(2, [0.5, 0.4])).toEqual(['999999', '121299', '121299', '999999']);
  expect(cut(3, [0, 0])).toEqual(['121299', '121299', '999999', '999999']);
  expect(cut(3, [0.99, 0.99])).toEqual(['999999', '999999', '991212', '991212']);
});

test('the square is anywhere equally often, and has nothing to do with moves', () => {
  const rows = new Array<number>(4).fill(0);
  const sameHalf = { moved: 0, cut: 0 };
  for (let i = 0; i < 4000; i++) {
    const { centre, down } = draw(3, 1, i, { shift: 1, cutout: 2 });
    const row = Math.floor(centre[0] * 4);
    rows[row] = (rows[row] as number) + 1;
    if (down === 1 && row >= 2) sameHalf.moved++;
    if (row >= 2) sameHalf.cut++;
  }
  for (const times of rows) expect(Math.abs(times - 1000)).toBeLessThan(120);
  expect(Math.abs(sameHalf.moved / sameHalf.cut - 1 / 3)).toBeLessThan(0.04);
});

const set: ImageSet = {
  images: Uint8Array.from({ length: 12 * 16 }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.from({ length: 12 }, (_, i) => i),
  ...{ count: 12, height: 4, width: 4, channels: 1 },
};
const options: PipelineOptions = {
  ...{ set, batchSize: 5, shape: [4, 4, 1], mean: 0.5, std: 0.5, seed: 2, shuffle: true },
  augment: { flip: true, shift: 1 },
};

/** Picture by its label, of one epoch. */
function shown(given: PipelineOptions, epoch: number): Map<number, number[]> {
  const pipeline = createPipeline(given);
  const pictures = new Map<number, number[]>();
  for (let i = 0; i < pipeline.stepsPerEpoch; i++) {
    const { images, labels } = pipeline.batchAt(epoch, i);
    const size = images.length / labels.length;
    labels.forEach((label, at) => {
      pictures.set(label, [...images.subarray(at * size, (at + 1) * size)]);
    });
  }
  return pictures;
}

test('how a picture is changed depends on seed, epoch and picture, not on its batch; off, nothing is', () => {
  const first = shown(options, 0);
  expect(first.size).toBe(12);
  expect(shown({ ...options, batchSize: 3, shuffle: false }, 0)).toEqual(
    new Map([...first].sort(([a], [b]) => a - b)),
  );
  expect(shown(options, 1)).not.toEqual(first);
  const { augment: _, ...off } = options;
  expect(shown({ ...options, augment: { flip: false, shift: 0 } }, 1)).toEqual(shown(off, 1));
  const covered = shown({ ...off, augment: { cutout: 2 } }, 0);
  for (const [label, values] of shown(off, 0)) {
    const changes = values.flatMap((v, i) =>
      v === covered.get(label)?.[i] ? [] : [covered.get(label)?.[i]],
    );
    expect(changes.length).toBeLessThanOrEqual(4);
    expect(new Set([-1, ...changes])).toEqual(new Set([-1]));
  }
  // Black is what a byte of 0 becomes.
  expect([...first.values()].some((values) => values.slice(0, 4).every((v) => v === -1))).toBe(true);
  const grey = [...shown({ ...options, shape: [6, 6, 1] }, 1)];
  const colour = shown({ ...options, shape: [6, 6, 3] }, 1);
  for (const [label, values] of grey) expect(colour.get(label)).toEqual(values.flatMap((v) => [v, v, v]));
});

test.each([4, -1, 0.5])('a shift of %d is refused in words', (shift) => {
  expect(() => createPipeline({ ...options, augment: { shift } })).toThrow(
    `Shift: expected a whole number from 0 to 3 for pictures of 4 × 4, received ${shift}.`,
  );
});

test('a square larger than the picture is refused in words', () => {
  expect(() => createPipeline({ ...options, augment: { cutout: 4 } })).toThrow(
    'Cut-out: expected a whole number from 0 to 3 for pictures of 4 × 4, received 4.',
  );
});
