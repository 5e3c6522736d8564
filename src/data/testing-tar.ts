/** For tests: an archive as tar writes it (ustar). */

export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** '0' a file, '2' a link, '5' a folder. */
  readonly kind?: string;
}

const encoder = new TextEncoder();

function headerOf({ name, bytes, kind = '0' }: TarEntry): Uint8Array {
  const block = new Uint8Array(512);
  const put = (text: string, at: number) => block.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  put(name, 0);
  put(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100);
  put(`${octal(bytes.length, 11)}\0${octal(0, 11)}\0        ${kind}`, 124);
  put('ustar\x0000', 257);
  put(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return block;
}

export function tarOf(entries: readonly TarEntry[]): Buffer {
  const padded = (bytes: Uint8Array) => [bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)];
  return Buffer.concat([
    ...entries.flatMap((entry) => [headerOf(entry), ...padded(entry.bytes)]),
    new Uint8Array(1024),
  ]);
}
