import { AppError } from '../../src/base/errors.ts';
import type { Picture } from './svg.ts';

/** What Chromium's canvas takes. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 2 ** 28;

export function tooLarge({ width, height }: Picture, scale: number): boolean {
  const [w, h] = [width * scale, height * scale];
  return Math.max(w, h) > MOST_SIDE || w * h > MOST_PIXELS;
}

/** @throws AppError where the picture has more pixels than the browser draws */
export async function pngOf(picture: Picture, scale: number): Promise<Blob> {
  if (tooLarge(picture, scale))
    throw new AppError(
      'picture/too-large',
      `The picture is ${picture.width * scale} × ${picture.height * scale} pixels: expected at most ${MOST_SIDE} a side.`,
      { hint: 'Save it as SVG, which has no such limit.' },
    );
  const url = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob) return blob;
    throw new AppError('picture/png', 'The browser could not make a PNG of the picture.', {
      hint: 'Save it as SVG.',
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
