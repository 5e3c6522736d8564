/** A picture in the form that a network wants, before it is resized. */
import type { Fit } from './dataset.ts';
import type { Picture } from './grey.ts';

/** Of the form h : w, as files of a set are brought to it: the middle, or all of it between black. */
export function fitTo(picture: Picture, [h, w]: readonly number[], fit: Fit): Picture {
  const { height, width, channels, data } = picture;
  const form = (w as number) / (h as number);
  const isWide = width / height > form;
  const grows = (fit === 'pad') === isWide;
  const [toHeight, toWidth] = grows
    ? [Math.max(1, Math.round(width / form)), width]
    : [height, Math.max(1, Math.round(height * form))];
  if (toHeight === height && toWidth === width) return picture;
  const [down, right] = [Math.floor((height - toHeight) / 2), Math.floor((width - toWidth) / 2)];
  const out = new Uint8Array(toHeight * toWidth * channels);
  const [from, to] = [Math.max(0, right), Math.min(width, right + toWidth)];
  for (let y = Math.max(0, -down); y < toHeight && y + down < height; y++) {
    const row = (y + down) * width;
    out.set(
      data.subarray((row + from) * channels, (row + to) * channels),
      (y * toWidth + from - right) * channels,
    );
  }
  return { data: out, height: toHeight, width: toWidth, channels };
}
