/** Which node of one drawing is which of another. */
import type { CustomBlock, DocNode, Graph, Wire } from '../document/model.ts';
import { sortGraph } from '../lower/sort.ts';
import { align } from './alignment.ts';
import { sameValue } from './fields.ts';

/** A graph with the blocks that its nodes may be of. */
export interface Drawn extends Graph {
  readonly blocks: readonly CustomBlock[];
}

interface Side {
  readonly byId: ReadonlyMap<string, DocNode>;
  readonly byName: ReadonlyMap<string, DocNode>;
  readonly into: ReadonlyMap<string, readonly Wire[]>;
  readonly outOf: ReadonlyMap<string, readonly Wire[]>;
}

function sideOf({ nodes, wires }: Graph): Side {
  const group = (keyOf: (wire: Wire) => string) => {
    const groups = new Map<string, Wire[]>();
    for (const wire of wires) {
      const list = groups.get(keyOf(wire));
      if (list) list.push(wire);
      else groups.set(keyOf(wire), [wire]);
    }
    return groups;
  };
  return {
    byId: new Map(nodes.map((n) => [n.id, n])),
    byName: new Map(nodes.map((n) => [n.name, n])),
    into: group((w) => w.to.node),
    outOf: group((w) => w.from.node),
  };
}

class Matching {
  readonly after = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #before: Drawn;
  readonly #now: Drawn;
  readonly #a: Side;
  readonly #b: Side;
  readonly #typeAfter: (type: string) => string;

  constructor(before: Drawn, after: Drawn, typeAfter: (type: string) => string) {
    this.#before = before;
    this.#now = after;
    this.#a = sideOf(before);
    this.#b = sideOf(after);
    this.#typeAfter = typeAfter;
  }

  #free(a: DocNode | undefined, b: DocNode | undefined): boolean {
    return a !== undefined && b !== undefined && !this.after.has(a.id) && !this.#taken.has(b.id);
  }

  #sameType(a: DocNode, b: DocNode): boolean {
    return this.#typeAfter(a.type) === b.type;
  }

  #put(a: DocNode, b: DocNode): void {
    this.after.set(a.id, b.id);
    this.#taken.add(b.id);
  }

  #each(find: (node: DocNode) => DocNode | undefined, fits: (a: DocNode, b: DocNode) => boolean): void {
    for (const a of this.#before.nodes) {
      const b = find(a);
      if (b && this.#free(a, b) && fits(a, b)) this.#put(a, b);
    }
  }

  byIdAndName(): void {
    const { byId, byName } = this.#b;
    const sameType = (a: DocNode, b: DocNode) => this.#sameType(a, b);
    const nameIsElsewhere = (a: DocNode, b: DocNode) => {
      const named = byName.get(a.name);
      const namesake = this.#a.byName.get(b.name);
      return (
        (this.#free(a, named) && sameType(a, named as DocNode)) ||
        (this.#free(namesake, b) && sameType(namesake as DocNode, b))
      );
    };
    this.#each(
      (a) => byId.get(a.id),
      (a, b) => a.name === b.name && sameType(a, b),
    );
    // In another file an equal id is chance: a name says more.
    this.#each(
      (a) => byId.get(a.id),
      (a, b) => sameType(a, b) && !nameIsElsewhere(a, b),
    );
    this.#each((a) => byName.get(a.name), sameType);
    this.#each(
      (a) => byName.get(a.name),
      () => true,
    );
  }

  /** Ids and names leave most of the smaller drawing alone: it comes from somewhere else. */
  get unrelated(): boolean {
    return this.after.size * 2 < Math.min(this.#before.nodes.length, this.#now.nodes.length);
  }

  byOrder(): void {
    const left = (drawn: Drawn, isLeft: (id: string) => boolean) =>
      sortGraph(drawn, drawn.blocks).order.filter((n) => isLeft(n.id));
    const pairs = align(
      left(this.#before, (id) => !this.after.has(id)),
      left(this.#now, (id) => !this.#taken.has(id)),
      (a, b) => (this.#sameType(a, b) ? (sameValue(a.params, b.params) ? 3 : 2) : 0),
    );
    for (const [a, b] of pairs) this.#put(a, b);
  }

  /** From nodes that are known along wires of equal ports. */
  byNeighbours(): void {
    const queue = [...this.after];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [a, b] = next;
      const found = [
        ...this.#pairsAlong(this.#a.outOf.get(a), this.#b.outOf.get(b), 'to'),
        ...this.#pairsAlong(this.#a.into.get(a), this.#b.into.get(b), 'from'),
      ];
      queue.push(...found);
    }
  }

  #pairsAlong(
    before: readonly Wire[] = [],
    after: readonly Wire[] = [],
    end: 'from' | 'to',
  ): [string, string][] {
    const found: [string, string][] = [];
    for (const wire of before) {
      const a = this.#a.byId.get(wire[end].node);
      if (!a || this.after.has(a.id)) continue;
      const fitting = after.flatMap((other) => {
        const b = this.#b.byId.get(other[end].node);
        const samePorts = other.from.port === wire.from.port && other.to.port === wire.to.port;
        return b && samePorts && this.#free(a, b) && this.#sameType(a, b) ? [b] : [];
      });
      const b = fitting.find((n) => sameValue(n.params, a.params)) ?? fitting[0];
      if (!b) continue;
      this.#put(a, b);
      found.push([a.id, b.id]);
    }
    return found;
  }
}

/**
 * Ids of `before` with those of the same nodes in `after`: found by id, then by name, then, where the drawings have
 * little in common so far, by their order and their wires.
 * @param typeAfter what a type of `before` is called in `after`
 */
export function matchNodes(
  before: Drawn,
  after: Drawn,
  typeAfter: (type: string) => string,
): ReadonlyMap<string, string> {
  const matching = new Matching(before, after, typeAfter);
  matching.byIdAndName();
  if (matching.unrelated) {
    matching.byOrder();
    matching.byNeighbours();
  }
  return matching.after;
}
