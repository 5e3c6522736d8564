/** Shapes are [h, w, c] or [features], never with the batch; extents are whole numbers ≥ 1. */
export type Shape = readonly number[];

/** Largest tensor, for one image, that Stemma works with: 2 GB of float32. */
export const MAX_BYTES = 2 ** 31;

export function elementsOf(shape: Shape): number {
  let count = 1;
  for (const extent of shape) count *= extent;
  return count;
}

export function sameShape(a: Shape | null | undefined, b: Shape | null | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function showShape(shape: Shape | null | undefined): string {
  return shape ? `[${shape.join(', ')}]` : 'an unknown shape';
}

/** Output extent of a window, as TensorFlow computes it; ≤ 0 where the window does not fit. */
export function windowExtent(
  extent: number,
  window: number,
  stride: number,
  dilation: number,
  padding: 'same' | 'valid',
): number {
  if (padding === 'same') return Math.ceil(extent / stride);
  return Math.floor((extent - ((window - 1) * dilation + 1)) / stride) + 1;
}
