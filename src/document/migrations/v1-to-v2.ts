import type { Migration } from './index.ts';

/** Version 2 holds comments and frames beside the drawing. */
export const v1ToV2: Migration = (old) => ({ ...old, notes: [] });
