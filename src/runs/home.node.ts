/** Where runs lie. */
import { join } from 'node:path';
import { keptHome } from '../base/home.node.ts';

/** `option`, else `$STEMMA_RUNS`, else `runs` in the folder for what must be kept. */
export function runsHome(
  option?: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  ...place: [platform?: string, home?: string]
): string {
  if (option) return option;
  return env.STEMMA_RUNS || join(keptHome(env, ...place), 'runs');
}
