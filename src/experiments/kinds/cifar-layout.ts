/** He et al. 2015, section 4.2: 6n + 2 layers, three stages of n blocks, each half as large and twice as wide. */
import type { VariantDrawing } from '../experiment.ts';

export const blocksOf = (depth: number): number => (depth - 2) / 6;

export function depthProblem(depth: number): string | undefined {
  const n = blocksOf(depth);
  if (Number.isInteger(n) && n >= 1 && n <= 200) return undefined;
  return `A depth is 6n + 2, as 8, 14, 20, 32, 44, 56 or 110; received ${depth}.`;
}

export function cifarStages(blocks: number, width: number): number[][] {
  return [1, 2, 4].map((times) => [blocks, width * times]);
}

export function cifarDrawing(
  depth: number,
  width: number,
  shortcut: 'auto' | 'none',
  detail: 'stages' | 'blocks' = 'stages',
): VariantDrawing {
  const stages = cifarStages(blocksOf(depth), width);
  return {
    ...{ template: 'resnet20-cifar', flavour: 'torchvision' },
    set: { stages, stemFilters: width, shortcut, detail },
  };
}
