import { AppError, invariant } from '../base/errors.ts';
import type { Layer, Network } from '../network/network.ts';
import { diagnose, errorsOf } from './diagnose.ts';
import { joinPath, type Lowered, reachesOutput } from './lower.ts';

/**
 * The flat network of a drawing, without nodes that do not lead to its output.
 * @throws AppError('network/problems') with the first problem's sentence, where the drawing has errors
 */
export function flatten(lowered: Lowered): Network {
  const errors = errorsOf(diagnose(lowered));
  if (errors[0])
    throw new AppError(
      'network/problems',
      `${errors[0].message}${errors.length > 1 ? ` (and ${errors.length - 1} more problems)` : ''}`,
      { hint: '`stemma check` lists all; `stemma fix` applies the first fix of each.' },
    );
  const needed = reachesOutput(lowered);
  const layers: Layer[] = [];
  const paths = new Set<string>();
  const outputs = new Map<string, readonly number[]>();
  let input = -1;
  let output = -1;
  const total = { params: 0, stats: 0, macs: 0, activationBytes: 0 };
  for (const [id, { node, sources, fragment }] of lowered.nodes) {
    if (!needed.has(id)) continue;
    const base = layers.length;
    const fromPort = sources.map((wire) => {
      const port = wire && lowered.portNames.get(wire.from.node)?.outputs.indexOf(wire.from.port);
      return wire && port !== undefined ? outputs.get(wire.from.node)?.[port] : undefined;
    });
    const resolve = (ref: number): number => {
      const at = ref >= 0 ? base + ref : fromPort[-ref - 1];
      invariant(at !== undefined, `'${node.name}' passed as free of errors, but has a tensor from nowhere`);
      return at;
    };
    for (const layer of fragment.layers) {
      const { op, attrs, result } = layer;
      const { shape } = result;
      const path = joinPath(node.name, layer.name);
      invariant(shape, `'${path}' passed as free of errors, but its shape is unknown`);
      invariant(!paths.has(path), `'${path}' passed as free of errors, but it is there twice`);
      paths.add(path);
      layers.push({ path, op, attrs, inputs: layer.inputs.map(resolve), shape, result });
      if (op === 'input') input = layers.length - 1;
      if (op === 'output') output = layers.length - 1;
    }
    const ends = fragment.outputs.map((handle) => resolve(handle.ref));
    outputs.set(id, ends);
    total.params += fragment.params;
    total.stats += fragment.stats;
    total.macs += fragment.macs;
    total.activationBytes += fragment.activationBytes;
  }
  invariant(input >= 0 && output >= 0, 'a drawing free of errors has no input or output');
  return { layers, input, output, ...total };
}
