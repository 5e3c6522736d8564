/** What the palette lists, and in which order. */
import type { CustomBlock } from '../../src/document/model.ts';
import { type CatalogueItem, type Category, catalogue, categoryTitles } from '../canvas/catalogue.ts';
import { ranked } from '../ui/search.ts';

export interface PaletteGroup {
  readonly category: Category;
  readonly title: string;
  readonly items: readonly CatalogueItem[];
}

const order: readonly Category[] = [
  'custom',
  ...(Object.keys(categoryTitles) as Category[]).filter((c) => c !== 'custom'),
];

/** By category, the drawing's own blocks first. */
export function groupsOf(own: readonly CustomBlock[]): readonly PaletteGroup[] {
  const all = catalogue(own);
  return order
    .map((category) => ({
      category,
      title: categoryTitles[category],
      items: all.filter((item) => item.category === category),
    }))
    .filter(({ items }) => items.length > 0);
}

/** Best first, by title, help, type and category. */
export const found = (groups: readonly PaletteGroup[], query: string): readonly CatalogueItem[] =>
  ranked(
    groups.flatMap(({ title, items }) =>
      items.map((item) => ({ ...item, words: `${title} ${item.type} ${item.help}` })),
    ),
    query,
  );
