import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { readImage, readPicture, toGrey } from './picture.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'stemma-picture-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const raw = (bytes: number[], width: number, height: number, channels: 1 | 3 | 4) =>
  sharp(Uint8Array.from(bytes), { raw: { width, height, channels } });

test('grey, RGB, palette, transparent and 16-bit PNG', async () => {
  const grey = [0, 1, 37, 128, 254, 255];
  await raw(grey, 3, 2, 1).toColourspace('b-w').png().toFile(at('grey.png'));
  const image = await readImage(at('grey.png'));
  expect([image.height, image.width, image.channels, ...image.data]).toEqual([2, 3, 1, ...grey]);
  expect([...(await readPicture(at('grey.png'), 3)).data]).toEqual(grey.flatMap((v) => [v, v, v]));

  const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30];
  await raw(colours, 2, 2, 3).png().toFile(at('rgb.png'));
  expect([...(await readImage(at('rgb.png'))).data]).toEqual(colours);
  // 0.299, 0.587 and 0.114 of 255; 0.299·10 + 0.587·20 + 0.114·30.
  expect([...(await readPicture(at('rgb.png'), 1)).data]).toEqual([76, 150, 29, 18]);

  await raw(colours, 2, 2, 3).png({ palette: true }).toFile(at('palette.png'));
  expect((await readImage(at('palette.png'))).channels).toBe(3);
  await raw([0, 0, 0, 0, 50, 60, 70, 255], 2, 1, 4).png().toFile(at('alpha.png'));
  expect([...(await readImage(at('alpha.png'))).data]).toEqual([255, 255, 255, 50, 60, 70]);

  const deep = sharp(Uint16Array.of(0, 0x8080, 0xffff), { raw: { width: 3, height: 1, channels: 1 } });
  await deep.toColourspace('grey16').png().toFile(at('deep.png'));
  const shallow = await readImage(at('deep.png'));
  expect([shallow.channels, ...shallow.data]).toEqual([1, 0, 128, 255]);
});

test('grey stays exactly itself, whichever value', () => {
  const data = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
  const grey = toGrey({ data, height: 16, width: 16, channels: 3 });
  expect([...grey.data]).toEqual(Array.from({ length: 256 }, (_, i) => i));
});

test('what is no picture, is cut short, is missing or too large is told in words', async () => {
  writeFileSync(at('text.png'), 'not a picture');
  await expect(readImage(at('text.png'))).rejects.toThrow(/text\.png cannot be read as a picture: .*format/);
  await expect(readImage(at('none.png'))).rejects.toThrow('no such file');
  await expect(readImage(folder)).rejects.toThrow('cannot be read as a picture');
  const noise = Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 251);
  await raw(noise, 100, 100, 3).png().toFile(at('whole.png'));
  writeFileSync(at('cut.png'), readFileSync(at('whole.png')).subarray(0, 400));
  await expect(readImage(at('cut.png'))).rejects.toThrow('cut.png cannot be read as a picture');
  writeFileSync(at('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(readImage(at('drawing.svg'))).rejects.toThrow('it is of kind svg');
  // A header that promises 100,000 × 100,000 pixels: refused before anything of that size is set aside.
  const bomb = readFileSync(at('whole.png'));
  bomb.writeUInt32BE(100_000, 16);
  bomb.writeUInt32BE(100_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  writeFileSync(at('bomb.png'), bomb);
  await expect(readImage(at('bomb.png'))).rejects.toThrow(/pixel/);
});

/** PNG's checksum; node:zlib has it from Node 22 on. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
