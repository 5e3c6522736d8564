/** What NVIDIA's tool answers; see `nvidia-smi --help-query-gpu`. */
import type { NvidiaDevice } from './machine.ts';

const FIELDS = [
  'index',
  'uuid',
  'name',
  'memory.total',
  'memory.free',
  'driver_version',
  'compute_cap',
] as const;
/** Tools before 510 know no compute_cap and answer with an error where it is asked for. */
export const QUERIES: readonly (readonly string[])[] = [FIELDS, FIELDS.slice(0, -1)].map((fields) => [
  `--query-gpu=${fields.join(',')}`,
  '--format=csv,noheader,nounits',
]);

/** Values as '[N/A]' and '[Not Supported]' are what the driver does not tell. */
const number = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : undefined);

const mebibytes = (text: string | undefined) => {
  const count = number(text);
  return count === undefined ? undefined : count * 2 ** 20;
};

/** Lines that are no GPU (warnings) are left out. */
export function parseNvidiaSmi(text: string): NvidiaDevice[] {
  return text.split('\n').flatMap((line) => {
    const [index, uuid = '', name = '', total, free, driver = '', capability] = line
      .split(',')
      .map((s) => s.trim());
    const at = number(index);
    if (at === undefined || !/^\d/.test(driver)) return [];
    return [
      {
        ...{ index: at, uuid: uuid.startsWith('GPU-') ? uuid : '', name, driver },
        ...{ totalBytes: mebibytes(total), freeBytes: mebibytes(free) },
        computeCapability: capability && /^\d+\.\d+$/.test(capability) ? capability : undefined,
      },
    ];
  });
}
