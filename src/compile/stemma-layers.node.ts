import { readFileSync } from 'node:fs';

/** Source of stemma-layers.mjs, to lie beside an exported model; the build copies it beside the bundle. */
export const stemmaLayersSource = (): string =>
  readFileSync(new URL('./stemma-layers.mjs', import.meta.url), 'utf8');
