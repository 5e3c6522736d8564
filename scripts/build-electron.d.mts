import type { Plugin } from 'esbuild';

export function buildElectron(
  outdir: string,
  options?: { readonly plugins?: readonly Plugin[] },
): Promise<void>;
