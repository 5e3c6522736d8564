/** Whether a file can be a shared library of this machine: told from its first bytes, without loading it. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** As the formats number them: elf.h's EM_*, mach/machine.h's CPU_TYPE_*, winnt.h's IMAGE_FILE_MACHINE_*. */
const machines: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  elf: { 62: 'x64', 183: 'arm64', 3: 'ia32', 40: 'arm' },
  macho: { 16777223: 'x64', 16777228: 'arm64' },
  pe: { 34404: 'x64', 43620: 'arm64', 332: 'ia32' },
};
const systems: Readonly<Record<string, NodeJS.Platform>> = { elf: 'linux', macho: 'darwin', pe: 'win32' };
const names: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

interface Seen {
  readonly format: 'elf' | 'macho' | 'pe';
  readonly machine: number;
  /** The file is at least so long where it is whole. */
  readonly atLeast: number;
}

/** Where the section headers of an ELF file end, or the last segment of a Mach-O file: both lie at the end. */
function read(bytes: Buffer, length: number): Seen | undefined {
  if (length >= 64 && bytes.readUInt32BE(0) === 0x7f45_4c46 && bytes[4] === 2 && bytes[5] === 1)
    return {
      format: 'elf',
      machine: bytes.readUInt16LE(18),
      atLeast: Number(bytes.readBigUInt64LE(40)) + bytes.readUInt16LE(58) * bytes.readUInt16LE(60),
    };
  if (length >= 32 && bytes.readUInt32LE(0) === 0xfeed_facf) {
    let [at, atLeast] = [32, 0];
    for (let left = bytes.readUInt32LE(16); left > 0 && at + 56 <= length; left--) {
      const size = bytes.readUInt32LE(at + 4);
      // LC_SEGMENT_64: fileoff and filesize.
      if (bytes.readUInt32LE(at) === 0x19)
        atLeast = Math.max(atLeast, Number(bytes.readBigUInt64LE(at + 40) + bytes.readBigUInt64LE(at + 48)));
      if (size < 8) break;
      at += size;
    }
    return { format: 'macho', machine: bytes.readUInt32LE(4), atLeast };
  }
  if (length >= 64 && bytes.readUInt16BE(0) === 0x4d5a) {
    const at = bytes.readUInt32LE(60);
    if (at + 6 <= length && bytes.readUInt32BE(at) === 0x5045_0000)
      return { format: 'pe', machine: bytes.readUInt16LE(at + 4), atLeast: at };
  }
  return undefined;
}

/** Why it cannot be loaded here, in one sentence; undefined: nothing speaks against it. */
export function whyNotLoadable(
  file: string,
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): string | undefined {
  const bytes = Buffer.alloc(32 * 1024);
  let [size, length] = [0, 0];
  try {
    const handle = openSync(file, 'r');
    try {
      ({ size } = fstatSync(handle));
      length = readSync(handle, bytes, 0, bytes.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? `${file} is missing.`
      : `${file} cannot be read: ${(error as Error).message}.`;
  }
  const seen = read(bytes, length);
  if (!seen) return `${file} is no shared library: its first bytes are of another kind.`;
  const system = systems[seen.format] as NodeJS.Platform;
  const machine = machines[seen.format]?.[seen.machine] ?? `machine ${seen.machine}`;
  if (system !== platform || machine !== arch)
    return `${file} is for ${names[system]} ${machine}; this is ${names[platform] ?? platform} ${arch}.`;
  if (size < seen.atLeast)
    return `${file} is cut off: expected at least ${seen.atLeast} bytes, received ${size}.`;
  return undefined;
}
