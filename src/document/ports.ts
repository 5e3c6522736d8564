/** Ports as far as edits need them: which comes first. What a drawing's ports mean is `lower`'s to say. */
import { isOpKind, opOf } from '../network/ops/index.ts';
import type { StemmaDocument, Wire } from './model.ts';

/** The first input and output of a node of this type; undefined where it has none. */
export function firstPorts(
  document: StemmaDocument,
  type: string,
): { input: string | undefined; output: string | undefined } {
  const custom = document.blocks.find((b) => b.type === type);
  if (custom)
    return {
      input: custom.nodes.find((n) => n.type === 'block-input')?.name,
      output: custom.nodes.find((n) => n.type === 'block-output')?.name,
    };
  const arity = isOpKind(type) ? opOf(type).arity : 1;
  return {
    input: arity === 0 ? undefined : arity === 'many' ? 'a' : 'in',
    output: type === 'output' ? undefined : 'out',
  };
}

/** Wires that end at a node, by the order of its ports. */
export function wiresInto(document: StemmaDocument, id: string): Wire[] {
  const node = document.nodes.find((n) => n.id === id);
  const custom = document.blocks.find((b) => b.type === node?.type);
  const names = custom?.nodes.filter((n) => n.type === 'block-input').map((n) => n.name) ?? [];
  const place = (port: string) => {
    const at = names.indexOf(port);
    return at < 0 ? names.length : at;
  };
  // Ports of joining ops are letters: a, b, … z, aa, …
  return document.wires
    .filter((w) => w.to.node === id)
    .sort(
      ({ to: { port: a } }, { to: { port: b } }) =>
        place(a) - place(b) || a.length - b.length || (a < b ? -1 : Number(a > b)),
    );
}
