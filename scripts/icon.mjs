// Draws the application's icon from assets/icon.svg: PNG for Linux, ICNS for macOS, ICO for Windows.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const place = (name) => fileURLToPath(new URL(`../assets/${name}`, import.meta.url));

/** 64 points of the drawing at 72 points an inch: every size is drawn, none is scaled. */
const draw = (pixels) =>
  sharp(place('icon.svg'), { density: (72 * pixels) / 64 })
    .resize(pixels, pixels)
    .png({ compressionLevel: 9 })
    .toBuffer();

/** A list of PNGs: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) */
function ico(sizes, pictures) {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [i, size] of sizes.entries()) {
    const at = 6 + 16 * i;
    head.writeUInt8(size % 256, at); // 0 means 256.
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(pictures[i].length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += pictures[i].length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** Named pieces, each a PNG: https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
function icns(kinds, pictures) {
  const piece = (name, body) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return piece('icns', Buffer.concat(kinds.map((kind, i) => piece(kind, pictures[i]))));
}

const windows = [16, 24, 32, 48, 64, 256];
const apple = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
const all = (sizes) => Promise.all(sizes.map(draw));

writeFileSync(place('icon.png'), await draw(1024));
writeFileSync(place('icon.ico'), ico(windows, await all(windows)));
writeFileSync(place('icon.icns'), icns(Object.keys(apple), await all(Object.values(apple))));
