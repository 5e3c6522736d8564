import { useLayoutEffect, useRef } from 'react';
import type { Prediction } from '../../src/services/contract.ts';
import { Picture, usePixels } from '../training/Pictures.tsx';
import { heat } from './heat.ts';

/** What the network saw, and over it where it looked. */
export function Seen({ prediction, opacity }: { readonly prediction: Prediction; readonly opacity: number }) {
  const { picture, saliency } = prediction;
  const bytes = usePixels(picture.pixels);
  return (
    <div className="seen">
      <Picture bytes={bytes} of={picture} index={0} label="The picture as the network saw it" />
      {saliency && (
        <Heat bytes={saliency.bytes} {...{ width: picture.width, height: picture.height, opacity }} />
      )}
    </div>
  );
}

interface HeatProps {
  readonly bytes: string;
  readonly width: number;
  readonly height: number;
  readonly opacity: number;
}

function Heat({ bytes, width, height, opacity }: HeatProps) {
  const values = usePixels(bytes);
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (const [i, value] of values.entries()) image.data.set(heat(value), i * 4);
    context.putImageData(image, 0, 0);
  }, [values, width, height]);
  return (
    <canvas
      ref={ref}
      className="seen-heat"
      style={{ opacity }}
      data-testid="saliency"
      aria-hidden
      {...{ width, height }}
    />
  );
}
