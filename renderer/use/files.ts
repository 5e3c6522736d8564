/** Pictures that are dropped, pasted or chosen. */

import type { AskedPicture } from '../../src/services/contract.ts';
import { MAX_PICTURE_BYTES } from '../../src/services/picture-limits.ts';
import { bytes as sizeWords } from '../ui/format.ts';

/** So many pictures are held at most. */
export const MOST_PICTURES = 200;

export const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/tiff';

export interface GivenPicture {
  readonly name: string;
  readonly picture: AskedPicture | null;
  /** Why it cannot be asked about. */
  readonly error: string | null;
}

export const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

const readBase64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(`${reader.result}`.replace(/^.*?,/s, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

/** What no picture is, is told by whoever reads it; here only what need not be sent. */
export async function readGiven(file: File, name = file.name): Promise<GivenPicture> {
  const refuse = (error: string): GivenPicture => ({ name, picture: null, error });
  if (file.size === 0) return refuse('The file is empty.');
  if (file.size > MAX_PICTURE_BYTES)
    return refuse(`It has ${sizeWords(file.size)}; at most ${sizeWords(MAX_PICTURE_BYTES)} can be read.`);
  try {
    return { name, picture: { file: await readBase64(file) }, error: null };
  } catch {
    return refuse('The file could not be read; was it moved or removed?');
  }
}
