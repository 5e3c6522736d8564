/** The TypeScript twin of the fill formula in ten_steps.py; see README.md. */
export type ReferenceKind = 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance' | 'images';

function hashOf(path: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < path.length; i++) h = Math.imul(h ^ path.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** 32 bits that depend on the path's hash and the element's row-major place. */
function bitsAt(hash: number, i: number): number {
  let u = (hash + Math.imul(i, 0x9e3779b1)) >>> 0; // 0x9e3779b1 = 2654435761
  u ^= u >>> 16;
  u = Math.imul(u, 0x85ebca6b);
  u ^= u >>> 13;
  u = Math.imul(u, 0xc2b2ae35);
  return (u ^ (u >>> 16)) >>> 0;
}

export function fillReference(path: string, shape: readonly number[], kind: ReferenceKind): Float32Array {
  const count = shape.reduce((a, b) => a * b, 1);
  if (kind === 'mean') return new Float32Array(count);
  if (kind === 'variance') return new Float32Array(count).fill(1);
  const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const scale = kind === 'kernel' ? Math.sqrt(3 / fanIn) : kind === 'images' ? 1 : 0.1;
  const shift = kind === 'gamma' ? 1 : 0;
  const hash = hashOf(path);
  return Float32Array.from({ length: count }, (_, i) => {
    const v = (bitsAt(hash, i) / 2 ** 32) * 2 - 1;
    return shift + v * scale;
  });
}

export function referenceLabels(batch: number, count: number, classes: number): Int32Array {
  const hash = hashOf(`labels/${batch}`);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((bitsAt(hash, i) / 2 ** 32) * classes));
}
