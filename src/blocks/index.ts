import type { BlockDef } from './block.ts';
import { bottleneck } from './bottleneck.ts';
import { head, stem } from './ends.ts';
import { residual } from './residual.ts';
import { resnext } from './resnext.ts';
import { residualStage, resnextStage } from './stages.ts';

/** Every block that ships with Stemma. A new block is its file and one line here. */
const all = [stem, residual, bottleneck, resnext, residualStage, resnextStage, head] as const;

export const blocks: readonly BlockDef[] = all as unknown as readonly BlockDef[];

const byType = new Map(blocks.map((block) => [block.type, block]));

export function findBlock(type: string): BlockDef | undefined {
  return byType.get(type);
}
