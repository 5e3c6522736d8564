/** A folder of pictures as a person might have: three shapes in many colours and sizes, with a few broken files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const shapes: Readonly<Record<string, (colour: string) => string>> = {
  circles: (colour) => `<circle cx="50" cy="50" r="32" fill="${colour}"/>`,
  squares: (colour) => `<rect x="22" y="22" width="56" height="56" fill="${colour}"/>`,
  triangles: (colour) => `<path d="M50 14 L88 82 L12 82 Z" fill="${colour}"/>`,
};

/** So many of each class below `folder`; deterministic. */
export async function layPictures(folder: string, each: number): Promise<void> {
  for (const [name, draw] of Object.entries(shapes)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < each; i++) {
      const hue = (i * 47) % 360;
      const [width, height] = [80 + ((i * 13) % 60), 80 + ((i * 29) % 40)];
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice"><rect width="100" height="100" fill="hsl(${(hue + 180) % 360} 30% 85%)"/>${draw(`hsl(${hue} 70% 45%)`)}</svg>`;
      const kind = ['png', 'jpg', 'webp'][i % 3];
      await sharp(Buffer.from(svg)).toFile(join(folder, name, `${String(i).padStart(3, '0')}.${kind}`));
    }
  }
  writeFileSync(join(folder, 'circles', 'holiday.png'), 'not a picture');
  writeFileSync(join(folder, 'squares', 'empty.jpg'), '');
}
