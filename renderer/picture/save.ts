/** A picture as a file. */
import { AppError } from '../../src/base/errors.ts';
import { download } from '../files/actions.ts';
import type { Picture } from './svg.ts';

/** Browsers give no larger canvas. */
const MAX_SIDE = 16_384;
const MAX_AREA = 16_384 * 8192;

/** The largest scale at which a PNG can be made, where the wanted one cannot. */
export function possibleScale({ width, height }: Picture, wanted: number): number {
  const most = Math.min(MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_AREA / (width * height)));
  return Math.min(wanted, most);
}

export const saveSvg = (name: string, { svg }: Picture) => download(`${name}.svg`, svg, 'image/svg+xml');

/** @throws AppError where the browser cannot draw it */
export async function pngOf(picture: Picture, wanted: number): Promise<Blob> {
  const scale = possibleScale(picture, wanted);
  const url = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = context && (await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/png')));
    if (!blob)
      throw new AppError(
        'picture/png',
        `The picture of ${canvas.width} × ${canvas.height} px could not be drawn.`,
        {
          hint: 'Choose a smaller scale, or save it as SVG.',
        },
      );
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @throws AppError where the browser cannot draw it */
export const savePng = async (name: string, picture: Picture, wanted: number): Promise<void> =>
  download(`${name}.png`, await pngOf(picture, wanted));
