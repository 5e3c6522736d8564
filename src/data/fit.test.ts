import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodePicture, openPicture } from './decode.node.ts';
import { fitTo } from './fit.ts';

/** 4 wide, 2 high: 1 to 8. */
const picture = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), height: 2, width: 4, channels: 1 };
const fitted = (form: readonly number[], fit: 'crop' | 'pad') => {
  const { height, width, data } = fitTo(picture, form, fit);
  return [height, width, ...data];
};

test('the middle is cut out, or black put around; a picture of the form stays itself', () => {
  expect(fitted([5, 5], 'crop')).toEqual([2, 2, 2, 3, 6, 7]);
  expect(fitted([1, 4], 'crop')).toEqual([1, 4, 1, 2, 3, 4]);
  expect(fitted([5, 5], 'pad')).toEqual([4, 4, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]);
  expect(fitted([1, 4], 'pad')).toEqual([2, 8, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0]);
  expect(fitTo(picture, [6, 12], 'crop')).toBe(picture);
});

test.each(['crop', 'pad'] as const)('%s is what files of a set go through', async (fit) => {
  const data = Uint8Array.from({ length: 6 * 10 * 3 }, (_, i) => (i * 37) % 256);
  const png = await sharp(data, { raw: { width: 10, height: 6, channels: 3 } })
    .png()
    .toBuffer();
  const side = fit === 'crop' ? 6 : 10;
  const bytes = await decodePicture(await openPicture(png), { height: side, width: side, channels: 3, fit });
  expect([...fitTo({ data, height: 6, width: 10, channels: 3 }, [9, 9], fit).data]).toEqual([...bytes]);
});
