/** Names of nodes: the heads of their layers' paths, so a name is what a file system and every export can carry. */
import type { Graph } from './model.ts';

export const MAX_NAME = 200;
export const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;
export const nameExpected = 'expected letters, digits, _ . - and / between parts';

/**
 * Why a node of this drawing cannot be called so, as a sentence; undefined where it can. `self` is the id of the node
 * that is to bear the name: its present name is its own.
 */
export function nameProblem(graph: Graph, name: string, self?: string): string | undefined {
  if (name === '') return 'A name cannot be empty.';
  if (name.length > MAX_NAME)
    return `The name '${name.slice(0, 20)}…' has ${name.length} characters; expected at most ${MAX_NAME}.`;
  if (!namePattern.test(name)) return `'${name}' cannot be a name: ${nameExpected}.`;
  if (graph.nodes.some((n) => n.name === name && n.id !== self))
    return `'${name}' is the name of another node; expected one that is free.`;
  return undefined;
}

/** An id or a name that is still free: base, base2, base3, … */
export function freeName(taken: Iterable<string>, base: string): string {
  return firstFree(new Set(taken), base, base, 2);
}

/** The name of a copy: conv → conv2, conv2 → conv3, stage1/0 → stage1/1. */
export function nextName(taken: Iterable<string>, name: string): string {
  const [, base = name, number] = /^(.*?)(\d{0,9})$/.exec(name) ?? [];
  return firstFree(new Set(taken), name, base, number ? Number(number) + 1 : 2);
}

function firstFree(taken: ReadonlySet<string>, wanted: string, base: string, from: number): string {
  const first = wanted.slice(0, MAX_NAME);
  if (!taken.has(first)) return first;
  for (let i = from; ; i++) {
    const candidate = base.slice(0, MAX_NAME - String(i).length) + i;
    if (!taken.has(candidate)) return candidate;
  }
}

/** What a person typed, as one part of a name; `fallback` where no letter or digit of it can stay. */
export function slug(text: string, fallback: string): string {
  const kept = text
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .replace(/-+$/, '')
    .slice(0, MAX_NAME / 2);
  return kept || fallback;
}
