import { inferOp, problem } from '../network/op.ts';
import { type OpAttrs, type OpKind, opOf } from '../network/ops/index.ts';
import type { Shape } from '../network/shape.ts';
import type { ParamSchema, ParamValue, Values } from '../schema/params.ts';
import { defaultsOf } from '../schema/parse.ts';
import type { BlockDef } from './block.ts';
import {
  type Fragment,
  type FragmentLayer,
  type FragmentProblem,
  type Handle,
  nothing,
  type Part,
} from './fragment.ts';

/** Most layers that one node may stand for; ResNet-1202 has about 5,000 in all. */
export const MAX_LAYERS = 50_000;
/** Most inner nodes that one custom block's node may be expanded into, with those that stand for no layer. */
export const MAX_STEPS = 4 * MAX_LAYERS;
/** Blocks within blocks; deeper ones contain themselves, or would exhaust the stack. */
const MAX_DEPTH = 100;
/** Problems kept of one node; a thousandth copy's problem is the first's again. */
const MAX_PROBLEMS = 1000;

type Given<K extends OpKind> = { name: string } & Partial<OpAttrs<K>>;

const defaults = new Map<OpKind, Readonly<Record<string, ParamValue>>>();

/** The attributes of an op, complete. */
export function completeAttrs(kind: OpKind, given: Readonly<Record<string, ParamValue>>) {
  let all = defaults.get(kind);
  if (!all) {
    all = defaultsOf(opOf(kind).params);
    defaults.set(kind, all);
  }
  return { ...all, ...given };
}

/**
 * Composes ops into a fragment. Every call knows its output's shape at once, so a block may decide by it (a shortcut
 * that projects only where channels change). A misfit is recorded and composition goes on.
 */
export class Builder {
  readonly #layers: FragmentLayer[] = [];
  readonly #parts: Part[] = [];
  readonly #problems: FragmentProblem[] = [];
  #prefix = '';
  #depth = 0;
  #steps = 0;
  #full = false;

  layer<K extends OpKind>(kind: K, inputs: readonly Handle[], { name, ...given }: Given<K>): Handle {
    return this.op(kind, inputs, name, completeAttrs(kind, given as Record<string, ParamValue>));
  }

  /** Like `layer`, with attributes already complete. */
  op(
    kind: OpKind,
    inputs: readonly Handle[],
    name: string,
    attrs: Readonly<Record<string, ParamValue>>,
  ): Handle {
    if (this.#layers.length >= MAX_LAYERS) this.#stop();
    if (this.#full) return nothing;
    const path = this.#prefix + name;
    const result = inferOp(
      opOf(kind),
      inputs.map((x) => x.shape),
      attrs,
    );
    const refs = inputs.map((x) => x.ref);
    const ref = this.#layers.push({ name: path, op: kind, attrs, inputs: refs, result }) - 1;
    if (result.problem) this.#tell({ ...result.problem, layer: path });
    if (this.#depth === 0) this.#parts.push({ name, type: kind, params: attrs, inputs: refs, output: ref });
    return { ref, shape: result.shape };
  }

  /** A block inside this one; its layers' paths begin with `name`. */
  block<P extends ParamSchema>(def: BlockDef<P>, x: Handle, name: string, params: Values<P>): Handle {
    return this.#within(name, def.type, params as Record<string, ParamValue>, [x], () =>
      def.expand(this, x, params),
    );
  }

  /** A named group of layers that is no block of its own. */
  scope(name: string, compose: () => Handle): Handle {
    const before = this.#prefix;
    this.#prefix = `${before}${name}/`;
    try {
      return compose();
    } finally {
      this.#prefix = before;
    }
  }

  /** Composes something that would stand as one part of type `type` when this fragment is unpacked. */
  part(
    name: string,
    type: string,
    params: Readonly<Record<string, ParamValue>>,
    inputs: readonly Handle[],
    compose: () => Handle,
  ): Handle {
    return this.#within(name, type, params, inputs, compose);
  }

  #within(
    name: string,
    type: string,
    params: Readonly<Record<string, ParamValue>>,
    inputs: readonly Handle[],
    compose: () => Handle,
  ): Handle {
    if (this.#depth >= MAX_DEPTH) {
      this.#stop(
        problem(
          'size/too-deep',
          `blocks at most ${MAX_DEPTH} deep`,
          'deeper',
          `holds blocks more than ${MAX_DEPTH} deep, or one that contains itself. Take the innermost out.`,
        ),
      );
    }
    if (this.#full) return nothing;
    this.#depth++;
    let out: Handle;
    try {
      out = name ? this.scope(name, compose) : compose();
    } finally {
      this.#depth--;
    }
    if (this.#depth === 0)
      this.#parts.push({ name, type, params, inputs: inputs.map((x) => x.ref), output: out.ref });
    return out;
  }

  /** True once a limit was passed: nothing is added any more, so loops may end. */
  get full(): boolean {
    return this.#full;
  }

  /** Counts inner nodes about to be expanded, since not all become layers; false where they are too many. */
  spend(steps: number): boolean {
    this.#steps += steps;
    if (this.#steps > MAX_STEPS) this.#stop();
    return !this.#full;
  }

  /** Ends the expansion and tells why, once. */
  #stop(
    why = problem(
      'size/too-many-layers',
      `at most ${MAX_LAYERS} layers`,
      'more',
      `stands for more than ${MAX_LAYERS} layers. Lower its repeat count.`,
    ),
  ): void {
    if (this.#full) return;
    this.#full = true;
    // First, and beyond the limit of problems: it is why the rest is missing.
    this.#problems.unshift({ ...why, layer: '' });
  }

  #tell(what: FragmentProblem): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(what);
  }

  /** A problem of the inner node or layer of this name; '' for what is being composed itself. */
  report(layer: string, what: Omit<FragmentProblem, 'layer'>): void {
    this.#tell({ ...what, layer: (this.#prefix + layer).replace(/\/$/, '') });
  }

  /** Inside a custom block, 's/0' beside a stage 's' would share its weights: paths are checked once all are known. */
  #refuseTakenPaths(): void {
    if (this.#layers.length < 2) return;
    const taken = new Set<string>();
    for (const { name } of this.#layers) {
      if (taken.has(name))
        this.#tell({
          ...problem(
            'graph/path-taken',
            'a path of its own',
            `'${name}' twice`,
            `has the path of another layer, so both would share one weight. Rename one of the block's inner nodes.`,
          ),
          layer: name,
        });
      taken.add(name);
    }
  }

  finish(outputs: readonly Handle[]): Fragment {
    this.#refuseTakenPaths();
    let params = 0;
    let stats = 0;
    let macs = 0;
    let activationBytes = 0;
    for (const { result } of this.#layers) {
      params += result.params;
      stats += result.stats;
      macs += result.macs;
      activationBytes += result.activationBytes;
    }
    return {
      layers: this.#layers,
      parts: this.#parts,
      outputs,
      problems: this.#problems,
      params,
      stats,
      macs,
      activationBytes,
    };
  }
}

/** Handles for the input ports of a fragment. */
export function ports(shapes: readonly (Shape | null)[]): Handle[] {
  return shapes.map((shape, i) => ({ ref: -i - 1, shape }));
}
