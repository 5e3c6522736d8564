/** Which classes of a data set are which of a network. */

export interface ClassMapping {
  /** 'name': by their names; 'place': by their numbers, as no name is the same. */
  readonly by: 'name' | 'place';
  /** For each class of the data set the network's, or null where it has none. */
  readonly to: readonly (number | null)[];
}

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

/** Null: they have nothing to do with each other. */
export function mapClasses(ofNetwork: readonly string[], ofData: readonly string[]): ClassMapping | null {
  const places = new Map(ofNetwork.map((name, i) => [plain(name), i] as const));
  const to = ofData.map((name) => places.get(plain(name)) ?? null);
  if (to.some((place) => place !== null)) return { by: 'name', to };
  return ofNetwork.length === ofData.length ? { by: 'place', to: ofData.map((_, i) => i) } : null;
}
