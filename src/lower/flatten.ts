import { AppError } from '../base/errors.ts';
import type { Layer, Network } from '../network/network.ts';
import { diagnose } from './diagnose.ts';
import { joinPath, type Lowered, reachesOutput } from './lower.ts';

/**
 * The flat network of a drawing, without nodes that do not lead to its output.
 * @throws AppError('network/problems') with the first problem's sentence, where the drawing has errors
 */
export function flatten(lowered: Lowered): Network {
  const errors = diagnose(lowered).filter((d) => d.severity === 'error');
  if (errors[0])
    throw new AppError(
      'network/problems',
      `${errors[0].message}${errors.length > 1 ? ` (and ${errors.length - 1} more problems)` : ''}`,
      { hint: '`stemma check` lists all; `stemma fix` applies the first fix of each.' },
    );
  const needed = reachesOutput(lowered);
  const layers: Layer[] = [];
  const outputs = new Map<string, number[]>();
  let input = -1;
  let output = -1;
  const total = { params: 0, stats: 0, macs: 0, activationBytes: 0 };
  for (const [id, { node, sources, fragment }] of lowered.nodes) {
    if (!needed.has(id)) continue;
    const base = layers.length;
    const fromPort = sources.map((wire) => {
      if (!wire) return -1;
      const from = lowered.nodes.get(wire.from.node);
      const port = from ? portIndex(lowered, wire.from.node, wire.from.port) : -1;
      return outputs.get(wire.from.node)?.[port] ?? -1;
    });
    const resolve = (ref: number) => (ref >= 0 ? base + ref : (fromPort[-ref - 1] ?? -1));
    for (const layer of fragment.layers) {
      const shape = layer.result.shape ?? [];
      const { op, attrs, result } = layer;
      const path = joinPath(node.name, layer.name);
      layers.push({ path, op, attrs, inputs: layer.inputs.map(resolve), shape, result });
      if (op === 'input') input = layers.length - 1;
      if (op === 'output') output = layers.length - 1;
    }
    outputs.set(
      id,
      fragment.outputs.map((handle) => resolve(handle.ref)),
    );
    total.params += fragment.params;
    total.stats += fragment.stats;
    total.macs += fragment.macs;
    total.activationBytes += fragment.activationBytes;
  }
  return { layers, input, output, ...total };
}

function portIndex(lowered: Lowered, id: string, port: string): number {
  return lowered.portNames.get(id)?.outputs.indexOf(port) ?? -1;
}
