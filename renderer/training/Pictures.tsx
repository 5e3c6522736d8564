import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Pictures } from '../../src/services/contract.ts';

/** The bytes of `Pictures`. */
export function usePixels(pixels: string): Uint8Array {
  return useMemo(() => Uint8Array.from(atob(pixels), (c) => c.charCodeAt(0)), [pixels]);
}

interface PictureProps {
  readonly bytes: Uint8Array;
  readonly of: Pick<Pictures, 'height' | 'width' | 'channels'>;
  readonly index: number;
  readonly label: string;
}

/** One picture, every pixel a square. Of one channel: grey; of three or more: the first three as colours. */
export function Picture({ bytes, of: { height, width, channels }, index, label }: PictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    const from = index * height * width * channels;
    const colours = channels >= 3 ? [0, 1, 2] : [0, 0, 0];
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (const [i, channel] of colours.entries())
        image.data[pixel * 4 + i] = bytes[from + pixel * channels + channel] ?? 0;
      image.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [bytes, height, width, channels, index]);
  return <canvas ref={ref} className="picture" width={width} height={height} role="img" aria-label={label} />;
}
