/** Guesses at parameters that would mend a problem. */
import { type Edit, getNode, setParams } from '../document/edits.ts';
import type { DocNode, PortRef, StemmaDocument } from '../document/model.ts';
import type { Shape } from '../network/shape.ts';
import type { ParamValue } from '../schema/params.ts';
import { show } from '../schema/parse.ts';
import { type Candidate, insert } from './candidates-joining.ts';
import type { Lowered } from './lower.ts';
import { completeParams, schemaOf } from './node-types.ts';

const set = (node: DocNode, title: string, params: Readonly<Record<string, ParamValue>>): Candidate => ({
  title,
  edit: (d) => setParams(d, node.id, params),
});

/** For a parameter that cannot be what it is. */
export function paramCandidates({ document }: Lowered, node: DocNode, key: string): Candidate[] {
  const schema = schemaOf(node.type, document.blocks) ?? {};
  const kind = Object.hasOwn(schema, key) ? schema[key] : undefined;
  return [
    kind
      ? set(node, `Set ${key} back to ${show(kind.default)}`, { [key]: kind.default })
      : { title: `Remove ${key}`, edit: (d) => dropParam(d, node.id, key) },
  ];
}

function dropParam(document: StemmaDocument, id: string, key: string): Edit {
  const node = getNode(document, id);
  const { [key]: _, ...params } = node.params;
  return { label: `Remove ${key}`, changes: [{ put: 'node', id, value: { ...node, params } }] };
}

/** For channels that do not divide; `input` is null where the convolution is inside a block. */
export function groupCandidates({ document }: Lowered, node: DocNode, input: Shape | null): Candidate[] {
  const all = completeParams(node, document.blocks);
  const { groups, filters } = all;
  if (typeof groups !== 'number' || typeof filters !== 'number') return [];
  const share = typeof all.bottleneckMultiplier === 'number' ? all.bottleneckMultiplier : 1;
  // Inside a ResNeXt block the grouped convolution has this width, on both sides.
  const width = Math.max(1, Math.round(filters * share));
  const channels = input?.[2] ?? width;
  const list: Candidate[] = [];
  const near = Math.max(1, Math.round(Math.max(groups, Math.round(width / groups) * groups) / share));
  if (near !== filters) list.push(set(node, `Set filters to ${near}`, { filters: near }));
  for (let g = Math.min(groups, channels, width); g > 1; g--) {
    if (channels % g !== 0 || width % g !== 0) continue;
    list.push(set(node, `Set groups to ${g}`, { groups: g }));
    break;
  }
  list.push(set(node, 'Set groups to 1', { groups: 1 }));
  return list;
}

/** For a convolution that would both step and space its taps. */
export function stepCandidates(node: DocNode): Candidate[] {
  return [
    set(node, `Set dilationRate of '${node.name}' to 1×1`, { dilationRate: [1, 1] }),
    set(node, `Set strides of '${node.name}' to 1×1`, { strides: [1, 1] }),
  ];
}

/** For a window that is larger than the picture. */
export function smallCandidates({ document, nodes }: Lowered, node: DocNode): Candidate[] {
  const list: Candidate[] = [];
  const { padding } = completeParams(node, document.blocks);
  if (padding === 'valid') list.push(set(node, `Set padding of '${node.name}' to same`, { padding: 'same' }));
  const input = document.nodes.find((n) => n.type === 'input');
  const shape = nodes.get(input?.id ?? '')?.fragment.outputs[0]?.shape;
  if (input && shape?.length === 3) {
    const [h, w, c] = shape as [number, number, number];
    for (const factor of [2, 4, 8, 16, 32])
      list.push(
        set(input, `Set the input to ${h * factor} × ${w * factor}`, { shape: [h * factor, w * factor, c] }),
      );
  }
  return list;
}

/** For an output that has not one number a class; `port` is the output's. */
export function classCandidates({ document }: Lowered, port: PortRef, classes: number): Candidate[] {
  const from = document.wires.find((w) => w.to.node === port.node && w.to.port === port.port)?.from;
  const last = document.nodes.find((n) => n.id === from?.node);
  const list: Candidate[] = [];
  if (last?.type === 'head') list.push(set(last, `Set classes of '${last.name}' to ${classes}`, { classes }));
  if (last?.type === 'dense')
    list.push(set(last, `Set units of '${last.name}' to ${classes}`, { units: classes }));
  list.push({
    title: `Insert a head of ${classes} classes`,
    edit: (d) => insert(d, port, 'head', { classes }),
  });
  list.push({
    title: `Insert a dense layer of ${classes}`,
    edit: (d) => insert(d, port, 'dense', { units: classes }),
  });
  return list;
}
