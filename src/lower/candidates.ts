/** Guesses at what would mend a problem, by its code, most helpful first; nobody has tried them yet. */
import { removeNode, setParams } from '../document/edits.ts';
import type { DocNode, PortRef } from '../document/model.ts';
import { elementsOf, type Shape } from '../network/shape.ts';
import { blockShortcut, type Candidate, insert, joinCandidates } from './candidates-joining.ts';
import {
  classCandidates,
  groupCandidates,
  paramCandidates,
  smallCandidates,
  stepCandidates,
} from './candidates-params.ts';
import {
  connectCandidates,
  cycleCandidates,
  extraEndCandidates,
  missingEndCandidates,
  portCandidates,
  renameCandidates,
} from './candidates-wiring.ts';
import type { Diagnostic } from './diagnose.ts';
import type { Lowered, LoweredNode } from './lower.ts';

export function candidates(lowered: Lowered, diagnostic: Diagnostic): Candidate[] {
  switch (diagnostic.code) {
    case 'graph/no-input':
      return missingEndCandidates(lowered, 'input');
    case 'graph/no-output':
      return missingEndCandidates(lowered, 'output');
    case 'graph/many-inputs':
      return extraEndCandidates(lowered, 'input');
    case 'graph/many-outputs':
      return extraEndCandidates(lowered, 'output');
    case 'graph/unknown-port':
      return portCandidates(lowered, { node: diagnostic.nodeId ?? '', port: diagnostic.portId ?? '' });
  }
  const item = diagnostic.nodeId === undefined ? undefined : lowered.nodes.get(diagnostic.nodeId);
  return item ? ofNode(lowered, diagnostic, item) : [];
}

function ofNode(lowered: Lowered, diagnostic: Diagnostic, item: LoweredNode): Candidate[] {
  const { node, ports, inputs } = item;
  const { code } = diagnostic;
  const port: PortRef = { node: node.id, port: diagnostic.portId ?? ports.inputs[0] ?? 'in' };
  const shapeAt = (name: string): Shape | null => inputs[ports.inputs.indexOf(name)] ?? null;
  const received = shapeAt(port.port);
  const remove: Candidate = { title: `Remove '${node.name}'`, edit: (d) => removeNode(d, node.id, true) };
  const inside = diagnostic.layer !== undefined;
  // What is wrong with the inside of a block of one's own is mended there, not by the block's use.
  if (inside && (code.startsWith('graph/') || code === 'param/invalid')) return [];
  switch (code) {
    case 'param/invalid':
      return paramCandidates(lowered, node, diagnostic.param ?? '');
    case 'shape/add-mismatch':
    case 'shape/multiply-mismatch':
    case 'shape/concat-mismatch': {
      // Inside a block the joint is the block's own: its shortcut can be mended, no wire.
      if (inside) return blockShortcut(node);
      const against = { node: node.id, port: diagnostic.againstPortId ?? ports.inputs[0] ?? 'a' };
      return joinCandidates(lowered, port, received, against, shapeAt(against.port));
    }
    case 'shape/rank':
      return [...rankCandidates(node, port, received), remove];
    case 'shape/groups':
      return groupCandidates(lowered, node, inside ? null : received);
    case 'shape/strides-and-dilation':
      return stepCandidates(node);
    case 'shape/too-small':
      return [...smallCandidates(lowered, node), remove];
    case 'shape/reshape':
      return [
        ...(received
          ? [
              {
                title: `Reshape to [${received.join(', ')}]`,
                edit: (d: Lowered['document']) => setParams(d, node.id, { targetShape: received }),
              },
            ]
          : []),
        remove,
      ];
    case 'recipe/classes':
      return classCandidates(lowered, port, Number(/\d+/.exec(diagnostic.expected)?.[0]));
    case 'graph/unconnected':
      return [...connectCandidates(lowered, port), remove];
    case 'graph/cycle':
      return [...cycleCandidates(lowered, node), remove];
    case 'graph/path-taken':
      return renameCandidates(lowered, node);
    case 'block/repeat':
      return [{ title: 'Use it once', edit: (d) => setParams(d, node.id, { repeat: 1 }) }];
    default:
      return [remove];
  }
}

function rankCandidates(node: DocNode, port: PortRef, received: Shape | null): Candidate[] {
  const [h, w] = received ?? [];
  const list: Candidate[] = [
    // [h, w] lacks its channel axis.
    ...(received?.length === 2 && h !== undefined && w !== undefined
      ? [
          {
            title: `Reshape to [${h}, ${w}, 1] before '${node.name}'`,
            edit: (d: Lowered['document']) => insert(d, port, 'reshape', { targetShape: [h, w, 1] }),
          },
        ]
      : []),
    {
      title: `Insert a global average pool before '${node.name}'`,
      edit: (d) => insert(d, port, 'globalAvgPool', {}),
    },
    { title: `Insert a flatten before '${node.name}'`, edit: (d) => insert(d, port, 'flatten', {}) },
  ];
  if (received) {
    const targetShape = [1, 1, elementsOf(received)];
    list.push({
      title: `Reshape to [${targetShape.join(', ')}] before '${node.name}'`,
      edit: (d) => insert(d, port, 'reshape', { targetShape }),
    });
  }
  return list;
}
