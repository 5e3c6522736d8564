/** How well a query fits a text: 0 not at all; whole words and beginnings count most. */
export function scoreOf(query: string, title: string, words = ''): number {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  const name = title.toLowerCase();
  const other = words.toLowerCase();
  let score = 1;
  for (const part of parts) {
    if (name.startsWith(part)) score += 8;
    else if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(part))) score += 5;
    else if (name.includes(part)) score += 3;
    else if (other.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(part))) score += 2;
    else if (inOrder(part, name)) score += 0.5;
    else return 0;
  }
  return score - name.length / 1000;
}

/** All letters one after the other, as 'rn18' in 'resnet-18'. */
function inOrder(part: string, name: string): boolean {
  let at = 0;
  for (const letter of part) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return part.length > 1;
}

/** Those that fit, best first; all, in order, where nothing is asked. */
export function ranked<T extends { readonly title: string; readonly words?: string }>(
  items: readonly T[],
  query: string,
): T[] {
  if (query.trim() === '') return [...items];
  return items
    .map((item, order) => ({ item, order, score: scoreOf(query, item.title, item.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ item }) => item);
}
