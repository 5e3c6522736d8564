/** A stage or block opened where it stands: its inside as a small drawing with shapes; the document stays as it is. */
import { AppError, describeError } from '../base/errors.ts';
import type { Fragment } from '../blocks/fragment.ts';
import { applyEdit } from '../document/edits.ts';
import { STEP_X, STEP_Y } from '../document/layout.ts';
import { type DocNode, emptyDocument, type PortRef, type StemmaDocument } from '../document/model.ts';
import { freeName } from '../document/names.ts';
import { type Lowered, type LoweredNode, lower } from './lower.ts';
import { unpackNode } from './unpack.ts';

export interface Opened {
  /**
   * Nodes 'input' (or 'block-input', where no shape is known) and 'output' for the node's ports, and between them what
   * it is made of, named by full paths: 'stage1/0/conv1'. Places are relative to the node's. Can be opened further.
   */
  readonly lowered: Lowered;
  /** By port of the opened node: the id of what stands for it inside. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** By output port: what feeds it; absent where nothing does. */
  readonly fedBy: ReadonlyMap<string, PortRef>;
}

export interface NotOpened {
  /** Why there is nothing to open, as a sentence. */
  readonly reason: string;
}

const known = new WeakMap<Fragment, Map<string, Opened | NotOpened>>();

/** The same object as long as name, parameters and input shapes of the node are the same; moving it changes nothing. */
export function openNode(lowered: Lowered, id: string): Opened | NotOpened {
  const item = lowered.nodes.get(id);
  if (!item) return { reason: 'The node is gone.' };
  let byName = known.get(item.fragment);
  if (!byName) {
    byName = new Map();
    known.set(item.fragment, byName);
  }
  const before = byName.get(item.node.name);
  if (before) return before;
  const opened = open(item, lowered.document);
  byName.set(item.node.name, opened);
  return opened;
}

function open(item: LoweredNode, { blocks }: StemmaDocument): Opened | NotOpened {
  const { ports } = item;
  const inside = { node: { ...item.node, id: 'inside', x: 0, y: 0 } };
  const ids = [inside.node.id, item.node.name];
  const end = (side: 'in' | 'out', port: string, i: number): DocNode => {
    const shape = side === 'in' ? item.inputs[i] : undefined;
    const type = side === 'out' ? 'output' : shape ? 'input' : 'block-input';
    return {
      ...{ id: freeName(ids, `${side}:${port}`), type, name: port, params: shape ? { shape } : {} },
      ...{ x: i * STEP_X, y: side === 'in' ? -STEP_Y : STEP_Y },
    };
  };
  const inputs = ports.inputs.map((port, i) => end('in', port, i));
  const outputs = ports.outputs.map((port, i) => end('out', port, i));
  const closed: StemmaDocument = {
    ...emptyDocument(item.node.name),
    blocks,
    nodes: [...inputs, inside.node, ...outputs],
    wires: [
      ...inputs.map((n, i) => ({
        from: { node: n.id, port: 'out' },
        to: { node: inside.node.id, port: ports.inputs[i] as string },
      })),
      ...outputs.map((n, i) => ({
        from: { node: inside.node.id, port: ports.outputs[i] as string },
        to: { node: n.id, port: 'in' },
      })),
    ],
  };
  try {
    const { document } = applyEdit(closed, unpackNode(lower(closed), inside.node.id));
    const from = new Map(document.wires.map((w) => [w.to.node, w.from]));
    return {
      lowered: lower(document),
      inputs: new Map(ports.inputs.map((port, i) => [port, (inputs[i] as DocNode).id])),
      outputs: new Map(ports.outputs.map((port, i) => [port, (outputs[i] as DocNode).id])),
      fedBy: new Map(
        ports.outputs.flatMap((port, i) => {
          const feeds = from.get((outputs[i] as DocNode).id);
          return feeds ? [[port, feeds] as const] : [];
        }),
      ),
    };
  } catch (error) {
    // One layer, no known shape, too many nodes: the sentence is the answer.
    if (!(error instanceof AppError)) throw error;
    return { reason: describeError(error) };
  }
}
