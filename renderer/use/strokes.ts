/** Lines drawn with a pen, and how they look. */
import type { Grey } from './digit.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** Pixels of the pad, each way. */
export const PAD = 280;
/** Of a digit that fills the pad's middle: as thick as MNIST's, about a tenth of its height. */
export const PEN = 22;

/** White on black; through the middles between points, so that a quick hand leaves no corners. */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.fillStyle = '#000';
  context.fillRect(0, 0, PAD, PAD);
  context.strokeStyle = '#fff';
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    context.beginPath();
    context.moveTo(first.x, first.y);
    for (const [i, point] of rest.entries()) {
      const next = rest[i + 1] ?? point;
      context.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
    }
    // A dot.
    if (rest.length === 0) context.lineTo(first.x + 0.01, first.y);
    context.stroke();
  }
}

/** The pad's bytes; undefined where the browser has no canvas. */
export function greyOf(strokes: readonly Stroke[]): Grey | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = PAD;
  canvas.height = PAD;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  paintStrokes(context, strokes);
  const { data } = context.getImageData(0, 0, PAD, PAD);
  return {
    data: Uint8Array.from({ length: PAD * PAD }, (_, i) => data[i * 4] ?? 0),
    height: PAD,
    width: PAD,
  };
}
