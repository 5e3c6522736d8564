/** Guesses at what would mend a problem, by its code, most helpful first; nobody has tried them yet. */
import {
  addNode,
  chain,
  connect,
  disconnect,
  type Edit,
  getNode,
  removeNode,
  setParams,
} from '../document/edits.ts';
import type { DocNode, PortRef, StemmaDocument } from '../document/model.ts';
import type { Shape } from '../network/shape.ts';
import { blockShortcut, type Candidate, insert, joinCandidates } from './candidates-joining.ts';
import type { Diagnostic } from './diagnose.ts';
import { type Lowered, lower } from './lower.ts';
import { portsOf, schemaOf } from './node-types.ts';

export function candidates(lowered: Lowered, diagnostic: Diagnostic): Candidate[] {
  const { document } = lowered;
  const item = diagnostic.nodeId === undefined ? undefined : lowered.nodes.get(diagnostic.nodeId);
  const node = item?.node;
  const port: PortRef | undefined = node && { node: node.id, port: diagnostic.portId ?? 'in' };
  const remove: Candidate[] = node
    ? [{ title: `Remove '${node.name}'`, edit: (d) => removeNode(d, node.id, true) }]
    : [];
  const portIndex = port ? (lowered.portNames.get(port.node)?.inputs.indexOf(port.port) ?? -1) : -1;
  const received = item?.inputs[portIndex] ?? item?.inputs[0] ?? null;
  switch (diagnostic.code) {
    case 'param/invalid': {
      if (!node) return [];
      const key = diagnostic.portId ?? '';
      const kind = schemaOf(node.type, document.blocks)?.[key];
      return [
        kind
          ? {
              title: `Set ${key} back to ${JSON.stringify(kind.default)}`,
              edit: (d) => setParams(d, node.id, { [key]: kind.default }),
            }
          : { title: `Remove ${key}`, edit: (d) => dropParam(d, node, key) },
      ];
    }
    case 'shape/add-mismatch':
    case 'shape/multiply-mismatch':
    case 'shape/concat-mismatch':
      // Inside a block the joint is the block's own: its shortcut can be mended, no wire.
      if (node && diagnostic.layer !== undefined) return blockShortcut(node);
      return node && port && item
        ? joinCandidates(lowered, node, port, item.inputs[0] ?? null, received)
        : [];
    case 'shape/rank':
      return node && port
        ? [
            ...(['globalAvgPool', 'flatten'] as const).map((type) => ({
              title: `Insert ${type === 'flatten' ? 'a flatten' : 'a global average pool'} before '${node.name}'`,
              edit: (d: StemmaDocument) => insert(d, port, type, {}),
            })),
            ...(received
              ? [
                  {
                    title: `Reshape to [1, 1, ${received.reduce((a, b) => a * b, 1)}] before '${node.name}'`,
                    edit: (d: StemmaDocument) =>
                      insert(d, port, 'reshape', {
                        targetShape: [1, 1, received.reduce((a, b) => a * b, 1)],
                      }),
                  },
                ]
              : []),
            ...remove,
          ]
        : [];
    case 'shape/groups':
      return node ? groupCandidates(node, received) : [];
    case 'shape/too-small':
      return [...smallCandidates(lowered, node), ...remove];
    case 'shape/reshape':
      return node && received
        ? [
            {
              title: `Reshape to [${received.join(', ')}]`,
              edit: (d) => setParams(d, node.id, { targetShape: received }),
            },
            ...remove,
          ]
        : [];
    case 'recipe/classes':
      return node && port
        ? classCandidates(document, port, Number(/\d+/.exec(diagnostic.expected)?.[0]))
        : [];
    case 'graph/unconnected':
      return port ? [...connectCandidates(lowered, port), ...remove] : [];
    case 'graph/unused':
      return remove.map(({ title, edit }) => ({ title, edit }));
    case 'graph/cycle':
      return node
        ? [
            ...document.wires
              .filter((w) => w.to.node === node.id && lowered.cycle.includes(w.from.node))
              .map((w) => ({
                title: `Remove the wire from '${getNode(document, w.from.node).name}'`,
                edit: () => disconnect(w.to),
              })),
            ...remove,
          ]
        : [];
    case 'graph/no-input':
    case 'graph/no-output': {
      const type = diagnostic.code === 'graph/no-input' ? 'input' : 'output';
      return [
        {
          title: `Add an ${type}`,
          edit: (d) =>
            chain(d, `Add an ${type}`, [
              (e) => addNode(e, { type, params: {}, x: 0, y: 0 }),
              ...(type === 'output' ? [(e: StemmaDocument) => connectLast(e)] : []),
            ]),
        },
      ];
    }
    case 'graph/many-inputs':
    case 'graph/many-outputs': {
      const type = diagnostic.code === 'graph/many-inputs' ? 'input' : 'output';
      const extra = document.nodes.filter((n) => n.type === type).slice(1);
      return [
        {
          title: `Keep only the first ${type}`,
          edit: (d) =>
            chain(
              d,
              `Keep only the first ${type}`,
              extra.map((n) => (e: StemmaDocument) => removeNode(e, n.id)),
            ),
        },
      ];
    }
    case 'block/repeat':
      return node ? [{ title: 'Use it once', edit: (d) => setParams(d, node.id, { repeat: 1 }) }] : [];
    default:
      return remove;
  }
}

function dropParam(document: StemmaDocument, node: DocNode, key: string): Edit {
  const { [key]: _, ...params } = getNode(document, node.id).params;
  return { label: `Remove ${key}`, changes: [{ put: 'node', id: node.id, value: { ...node, params } }] };
}

/** The open end that comes last in the drawing, to an output that waits. */
function connectLast(document: StemmaDocument): Edit {
  const lowered = lower(document);
  const used = new Set(document.wires.map((w) => w.from.node));
  const last = [...lowered.nodes.values()]
    .filter((n) => n.node.type !== 'output' && !used.has(n.node.id))
    .at(-1);
  const output = document.nodes.findLast((n) => n.type === 'output');
  const port = last && portsOf(last.node, document.blocks).outputs[0];
  return last && output && port !== undefined
    ? connect({ node: last.node.id, port }, { node: output.id, port: 'in' })
    : { label: 'Connect', changes: [] };
}

function groupCandidates(node: DocNode, input: Shape | null): Candidate[] {
  const groups = typeof node.params.groups === 'number' ? node.params.groups : 1;
  const channels = input?.[2] ?? 1;
  const list: Candidate[] = [];
  const filters = typeof node.params.filters === 'number' ? node.params.filters : 64;
  const near = Math.max(groups, Math.round(filters / groups) * groups);
  if (near !== filters)
    list.push({ title: `Set filters to ${near}`, edit: (d) => setParams(d, node.id, { filters: near }) });
  for (let g = Math.min(groups, channels, filters); g >= 1; g--) {
    if (channels % g === 0 && filters % g === 0) {
      list.push({ title: `Set groups to ${g}`, edit: (d) => setParams(d, node.id, { groups: g }) });
      break;
    }
  }
  list.push({ title: 'Set groups to 1', edit: (d) => setParams(d, node.id, { groups: 1 }) });
  return list;
}

function smallCandidates(lowered: Lowered, node: DocNode | undefined): Candidate[] {
  const list: Candidate[] = [];
  if (
    node &&
    node.params.padding !== 'same' &&
    Object.hasOwn(schemaOf(node.type, lowered.document.blocks) ?? {}, 'padding')
  )
    list.push({
      title: `Set padding of '${node.name}' to same`,
      edit: (d) => setParams(d, node.id, { padding: 'same' }),
    });
  const input = lowered.document.nodes.find((n) => n.type === 'input');
  const shape = lowered.nodes.get(input?.id ?? '')?.fragment.outputs[0]?.shape;
  if (input && shape?.length === 3) {
    const [h, w, c] = shape as [number, number, number];
    for (const factor of [2, 4, 8, 16, 32])
      list.push({
        title: `Set the input to ${h * factor} × ${w * factor}`,
        edit: (d) => setParams(d, input.id, { shape: [h * factor, w * factor, c] }),
      });
  }
  return list;
}

function classCandidates(document: StemmaDocument, port: PortRef, classes: number): Candidate[] {
  const from = document.wires.find((w) => w.to.node === port.node && w.to.port === port.port)?.from;
  const last = from && getNode(document, from.node);
  const list: Candidate[] = [];
  if (last?.type === 'head')
    list.push({
      title: `Set classes of '${last.name}' to ${classes}`,
      edit: (d) => setParams(d, last.id, { classes }),
    });
  if (last?.type === 'dense')
    list.push({
      title: `Set units of '${last.name}' to ${classes}`,
      edit: (d) => setParams(d, last.id, { units: classes }),
    });
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

/** Open ends first, nearest first, and only from nodes that do not come after this one. */
function connectCandidates(lowered: Lowered, to: PortRef): Candidate[] {
  const { document } = lowered;
  const target = getNode(document, to.node);
  const used = new Set(document.wires.map((w) => w.from.node));
  const distance = (n: DocNode) => Math.hypot(n.x - target.x, n.y - target.y);
  return [...lowered.nodes.values()]
    .filter(
      ({ node, inCycle }) =>
        node.id !== to.node && !inCycle && portsOf(node, document.blocks).outputs.length > 0,
    )
    .sort(
      (a, b) =>
        Number(used.has(a.node.id)) - Number(used.has(b.node.id)) || distance(a.node) - distance(b.node),
    )
    .slice(0, 4)
    .map(({ node }) => ({
      title: `Connect '${node.name}' to it`,
      edit: () => connect({ node: node.id, port: portsOf(node, document.blocks).outputs[0] as string }, to),
    }));
}
