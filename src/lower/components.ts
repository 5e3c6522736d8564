/**
 * Strongly connected components, each before those that it leads to. Tarjan 1972
 * (https://doi.org/10.1137/0201010), with a stack of its own: a ring of 10,000 nodes must not overflow JavaScript's.
 */
export function components(ids: readonly string[], next: (id: string) => readonly string[]): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const enter = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, ways: next(id), at: 0 };
  };
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id) as number, to));
  for (const root of ids) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const way = top.ways[top.at++];
      if (way !== undefined) {
        if (!index.has(way)) path.push(enter(way));
        else if (isOpen.has(way)) lower(top.id, index.get(way) as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.id, low.get(top.id) as number);
      if (low.get(top.id) !== index.get(top.id)) continue;
      const part: string[] = [];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        isOpen.delete(id);
        part.push(id);
        if (id === top.id) break;
      }
      found.push(part);
    }
  }
  // Tarjan closes a component after all that it leads to.
  return found.reverse();
}
