/** While a wire is dragged: whether each port would take it, and why not. */
import { applyEdit, connect, disconnect } from '../document/edits.ts';
import type { PortRef } from '../document/model.ts';
import { type Shape, showShape } from '../network/shape.ts';
import { type Diagnostic, diagnose, errorsOf, keyOf, ofNode } from './diagnose.ts';
import { type Lowered, type LoweredNode, lower, shapeAt, withInput } from './lower.ts';
import { takenPath } from './paths.ts';
import { after, before } from './reach.ts';

export interface Verdict {
  readonly fits: boolean;
  /** What would be on the wire; null where nothing is known of it yet. */
  readonly shape: Shape | null;
  /** Code of the problem that the wire would bring; '' where it fits. */
  readonly code: string;
  /** A sentence: why not, or what would happen. */
  readonly reason: string;
}

export interface WireTrial {
  /**
   * Of the port at which the wire would end (or, dragged backwards, begin): false where the port's node would have an
   * error that it has not with nothing at that input, or the wire would close a cycle. What stands there now is
   * replaced, and does not matter.
   */
  verdict(port: PortRef): Verdict;
  /** The same, and where the node itself takes it, the first new error anywhere in the drawing. Costs a whole edit. */
  verdictDownstream(port: PortRef): Verdict;
}

/** From the output port `from` forwards, or from the input port `from` backwards. */
export function startWire(lowered: Lowered, from: PortRef, direction: 'forward' | 'backward'): WireTrial {
  const forward = direction === 'forward';
  // Once a drag: a wire from the nodes before its source to the source, or from a node behind its target, is a cycle.
  const circular = forward ? before(lowered, from.node) : after(lowered, from.node);
  const known = keptByPort((port) =>
    local(lowered, forward ? from : port, forward ? port : from, circular.has(port.node)),
  );
  let keys: ReadonlySet<string> | undefined;
  const downstream = keptByPort((port) => {
    const here = known(port);
    if (!here.fits) return here;
    const edit = connect(forward ? from : port, forward ? port : from);
    const next = diagnose(lower(applyEdit(lowered.document, edit).document, lowered));
    keys ??= new Set(errorsOf(diagnose(lowered)).map(keyOf));
    const fresh = errorsOf(next).find((d) => !keys?.has(keyOf(d)));
    if (!fresh) return here;
    const name = lowered.nodes.get(fresh.nodeId ?? '')?.node.name;
    const where = name === undefined ? 'the drawing' : `'${name}' further down`;
    return { ...here, fits: false, code: fresh.code, reason: `Would break ${where}: ${fresh.message}` };
  });
  return { verdict: known, verdictDownstream: downstream };
}

function keptByPort(judge: (port: PortRef) => Verdict): (port: PortRef) => Verdict {
  const known = new Map<string, Verdict>();
  return (port) => {
    const key = JSON.stringify([port.node, port.port]);
    let verdict = known.get(key);
    if (!verdict) {
      verdict = judge(port);
      known.set(key, verdict);
    }
    return verdict;
  };
}

function local(lowered: Lowered, from: PortRef, to: PortRef, closes: boolean): Verdict {
  const shape = shapeAt(lowered, from);
  const no = (code: string, reason: string): Verdict => ({ fits: false, shape, code, reason });
  const source = lowered.nodes.get(from.node);
  const target = lowered.nodes.get(to.node);
  const index = target?.ports.inputs.indexOf(to.port) ?? -1;
  if (!source || !target || !source.ports.outputs.includes(from.port) || index < 0)
    return no('wire/kind', kindReason(source, from, target, to));
  const name = target.node.name;
  if (from.node === to.node) return no('graph/cycle', `'${name}' would feed itself.`);
  if (closes)
    return no(
      'graph/cycle',
      `'${name}' would feed itself: its result leads to '${source.node.name}' already.`,
    );
  const wire = { from, to };
  const [without, withIt] = target.inCycle
    ? [resolved(lowered, to), resolved(lowered, to, from)]
    : [
        withInput(target, lowered.document.blocks, index, undefined, null),
        withInput(target, lowered.document.blocks, index, wire, shape),
      ];
  const problem = brought(lowered, without, withIt);
  if (problem) return no(problem.code, problem.message);
  const reason = shape
    ? `'${name}' takes ${showShape(shape)}.`
    : `'${name}' takes it; no shape is known yet of '${source.node.name}'.`;
  return { fits: true, shape, code: '', reason };
}

function kindReason(
  source: LoweredNode | undefined,
  from: PortRef,
  target: LoweredNode | undefined,
  to: PortRef,
): string {
  if (source && target && source.ports.outputs.includes(from.port) && target.ports.outputs.includes(to.port))
    return 'Both are outputs: a wire leads from an output to an input.';
  if (source && target && source.ports.inputs.includes(from.port) && target.ports.inputs.includes(to.port))
    return 'Both are inputs: a wire leads from an output to an input.';
  return 'There is no such port.';
}

/** In a cycle that the wire may open, shapes are known only once it is drawn. */
function resolved({ document }: Lowered, to: PortRef, from?: PortRef): LoweredNode {
  const edit = from ? connect(from, to) : disconnect(to);
  return lower(applyEdit(document, edit).document).nodes.get(to.node) as LoweredNode;
}

function brought(lowered: Lowered, without: LoweredNode, withIt: LoweredNode): Diagnostic | undefined {
  const told = new Set(ofNode(without).map(keyOf));
  const fresh = ofNode(withIt).find((d) => !told.has(keyOf(d)));
  if (fresh || !withIt.node.name.includes('/')) return fresh;
  // A block may get layers by what comes in, and a layer another's path: rare enough to look for by name.
  const named = (name: string) => {
    const node = lowered.document.nodes.find((n) => n.name === name);
    return node && lowered.nodes.get(node.id);
  };
  return takenPath(without, named) ? undefined : takenPath(withIt, named);
}
