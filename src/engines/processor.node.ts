import { cpus } from 'node:os';

/** What engines that compute on the processor call their device. */
export const processor = () => `CPU (${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores)`;
