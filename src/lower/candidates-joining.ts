/** Guesses at what would bring two ways of unequal shape together. */
import {
  addNode,
  chain,
  connect,
  disconnect,
  type Edit,
  freeName,
  getNode,
  setParams,
} from '../document/edits.ts';
import { STEP_Y } from '../document/layout.ts';
import type { DocNode, PortRef, StemmaDocument, Wire } from '../document/model.ts';
import { makeRoom } from '../document/room.ts';
import type { Shape } from '../network/shape.ts';
import type { ParamValue } from '../schema/params.ts';
import type { Lowered } from './lower.ts';
import { schemaOf } from './node-types.ts';

export type Candidate = { title: string; edit: (document: StemmaDocument) => Edit };

/** Puts a new node of one input on the wire that ends at `to`, in the target's place; the target moves down. */
export function insert(
  document: StemmaDocument,
  to: PortRef,
  type: string,
  params: Readonly<Record<string, ParamValue>>,
): Edit {
  const wire = document.wires.find((w) => w.to.node === to.node && w.to.port === to.port);
  const target = getNode(document, to.node);
  const id = freeName(
    document.nodes.map((n) => n.id),
    type,
  );
  return chain(document, `Insert ${type}`, [
    (d) => ({
      label: 'Make room',
      changes: makeRoom(d, { x: Number.POSITIVE_INFINITY, y: target.y, right: 0, down: STEP_Y }),
    }),
    (d) => addNode(d, { id, type, params, x: target.x, y: target.y }),
    ...(wire ? [() => connect(wire.from, { node: id, port: 'in' })] : []),
    () => connect({ node: id, port: 'out' }, to),
  ]);
}

/** The nearest node up the wires whose parameter `key` can be set. */
function upstreamWith(lowered: Lowered, to: PortRef, key: string): DocNode | undefined {
  const index = lowered.portNames.get(to.node)?.inputs.indexOf(to.port) ?? -1;
  let wire: Wire | undefined = lowered.nodes.get(to.node)?.sources[index];
  for (let hops = 0; wire && hops < 8; hops++) {
    const item = lowered.nodes.get(wire.from.node);
    if (!item) return undefined;
    if (Object.hasOwn(schemaOf(item.node.type, lowered.document.blocks) ?? {}, key)) return item.node;
    if (item.sources.length !== 1) return undefined;
    wire = item.sources[0];
  }
  return undefined;
}

/** For a joint of which `port` receives `other`, which does not fit to `first` on `firstPort`. */
export function joinCandidates(
  lowered: Lowered,
  port: PortRef,
  other: Shape | null,
  firstPort: PortRef,
  first: Shape | null,
): Candidate[] {
  if (!first || !other) return [];
  const list: Candidate[] = [];
  const sides = [
    { at: port, from: other, to: first },
    { at: firstPort, from: first, to: other },
  ];
  for (const { at, from, to } of sides) {
    const [h, w, c] = from;
    const [th, tw, tc] = to;
    if (from.length === 3 && to.length === 3 && h && w && c && th && tw && tc) {
      const strides: [number, number] = [Math.max(1, Math.round(h / th)), Math.max(1, Math.round(w / tw))];
      const strided = strides[0] > 1 || strides[1] > 1;
      list.push({
        title: `Insert a 1×1 convolution with ${tc} filters${strided ? ` and strides ${strides.join('×')}` : ''} on input ${at.port}`,
        edit: (d) => insert(d, at, 'conv2d', { filters: tc, kernelSize: [1, 1], strides, padding: 'same' }),
      });
      const strideNode = upstreamWith(lowered, at, 'strides');
      if (strided && strideNode)
        list.push({
          title: `Set strides of '${strideNode.name}' to ${strides.join('×')}`,
          edit: (d) => setParams(d, strideNode.id, { strides }),
        });
      const unstrided = strideNode?.params.strides;
      if (h < th && strideNode && unstrided !== undefined)
        list.push({
          title: `Set strides of '${strideNode.name}' to 1×1`,
          edit: (d) => setParams(d, strideNode.id, { strides: [1, 1] }),
        });
      const filterNode = upstreamWith(lowered, at, 'filters');
      if (filterNode && c !== tc)
        list.push({
          title: `Set filters of '${filterNode.name}' to ${tc}`,
          edit: (d) => setParams(d, filterNode.id, { filters: tc }),
        });
    }
    if (from.length === 3 && to.length === 1 && c === to[0])
      list.push({
        title: `Insert a global average pool on input ${at.port}`,
        edit: (d) => insert(d, at, 'globalAvgPool', {}),
      });
    if (from.length === 1 && to.length === 1)
      list.push({
        title: `Insert a dense layer of ${to[0]} on input ${at.port}`,
        edit: (d) => insert(d, at, 'dense', { units: to[0] as number }),
      });
  }
  list.push({ title: `Disconnect input ${port.port}`, edit: () => disconnect(port) });
  return list;
}

export function blockShortcut(node: DocNode): Candidate[] {
  return 'shortcut' in node.params || node.type.includes('res')
    ? [
        {
          title: `Let '${node.name}' project its shortcut where shapes change`,
          edit: (d) => setParams(d, node.id, { shortcut: 'auto' }),
        },
      ]
    : [];
}
