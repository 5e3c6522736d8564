/** Memory that several threads see. */
import type { ImageSet } from './dataset.ts';

export const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

const isShared = ({ buffer }: Uint8Array) => buffer instanceof SharedArrayBuffer;

/** The same set in shared memory; itself where it lies there. */
export function shareSet(set: ImageSet): ImageSet {
  if (isShared(set.images) && isShared(set.labels)) return set;
  const share = (bytes: Uint8Array) => {
    const copy = sharedBytes(bytes.length);
    copy.set(bytes);
    return copy;
  };
  return { ...set, images: share(set.images), labels: share(set.labels) };
}
