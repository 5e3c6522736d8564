/** Everything that can be placed: for the palette, the search on the canvas, and the colours of nodes. */
import { blocks, findBlock } from '../../src/blocks/index.ts';
import type { CustomBlock } from '../../src/document/model.ts';
import { isOpKind, type OpKind, opOf, ops } from '../../src/network/ops/index.ts';

export type Category =
  | 'residual'
  | 'stages'
  | 'ends'
  | 'layers'
  | 'normalisation'
  | 'activation'
  | 'pooling'
  | 'joining'
  | 'shape'
  | 'custom';

export interface CatalogueItem {
  readonly type: string;
  readonly title: string;
  readonly help: string;
  /** Address of the paper or documentation. */
  readonly source: string;
  readonly category: Category;
}

export const categoryTitles: Readonly<Record<Category, string>> = {
  residual: 'Residual blocks',
  stages: 'Stages',
  ends: 'Beginning and end',
  layers: 'Layers',
  normalisation: 'Normalisation',
  activation: 'Activation and dropout',
  pooling: 'Pooling',
  joining: 'Joining',
  shape: 'Shape',
  custom: 'Your blocks',
};

const shipped: readonly CatalogueItem[] = [
  ...blocks.map(({ type, title, help, source, category }) => ({ type, title, help, source, category })),
  ...(Object.keys(ops) as OpKind[]).map((type): CatalogueItem => {
    const { title, help, source, category } = opOf(type);
    return { type, title, help, source, category };
  }),
];

const order = Object.keys(categoryTitles);

/** Shipped blocks and ops, and the drawing's own blocks, by category. */
export function catalogue(own: readonly CustomBlock[]): readonly CatalogueItem[] {
  const custom = own.map(
    ({ type, title, nodes }): CatalogueItem => ({
      type,
      title,
      help: `A block of this drawing, made of ${nodes.length} nodes.`,
      source: '',
      category: 'custom',
    }),
  );
  return [...custom, ...shipped].sort((a, b) => order.indexOf(a.category) - order.indexOf(b.category));
}

export function categoryOf(type: string): Category {
  if (isOpKind(type)) return opOf(type).category;
  return findBlock(type)?.category ?? 'custom';
}

export function titleOf(type: string, own: readonly CustomBlock[]): string {
  if (isOpKind(type)) return opOf(type).title;
  return findBlock(type)?.title ?? own.find((b) => b.type === type)?.title ?? type;
}
