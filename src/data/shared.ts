/** Memory that several threads see. */
import { type FileTable, isEncoded, type Labels, type PictureSet } from './dataset.ts';

type Array = Uint8Array | Uint16Array | Uint32Array | Int32Array;

export const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

/** For so many labels, as wide as the given ones. */
export const sharedLabels = (like: Labels, length: number): Labels =>
  like instanceof Uint16Array
    ? new Uint16Array(new SharedArrayBuffer(2 * length))
    : new Uint8Array(new SharedArrayBuffer(length));

const isShared = ({ buffer }: Array) => buffer instanceof SharedArrayBuffer;

/** The same values in shared memory; itself where it lies there. */
export function shareArray<T extends Array>(array: T): T {
  if (isShared(array)) return array;
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
}

export const shareTable = ({ root, names, ends, sizes }: FileTable): FileTable => ({
  ...{ root, names: shareArray(names), ends: shareArray(ends), sizes: shareArray(sizes) },
});

/** The same set in shared memory; itself where it lies there. */
export function shareSet<T extends PictureSet>(set: T): T {
  if (isEncoded(set)) {
    const { files, places, labels } = set;
    if ([files.names, files.ends, files.sizes, places, labels].every(isShared)) return set;
    return { ...set, files: shareTable(files), places: shareArray(places), labels: shareArray(labels) };
  }
  if (isShared(set.images) && isShared(set.labels)) return set;
  return { ...set, images: shareArray(set.images), labels: shareArray(set.labels) };
}
