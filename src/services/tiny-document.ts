/** The smallest drawing that trains: for trying an engine, and for tests. */
import { writeDocument } from '../document/file.ts';
import { emptyDocument } from '../document/model.ts';

/** A network of 5 layers on 12 × 12 pictures: a step takes a millisecond. */
export function tinyDocument(title = 'Tiny', { input = [12, 12, 1], classes = 10 } = {}): string {
  const parts: [string, Record<string, number | number[]>][] = [
    ['input', { shape: input }],
    ['conv2d', { filters: 4, kernelSize: [3, 3], strides: [2, 2] }],
    ['globalAvgPool', {}],
    ['dense', { units: classes }],
    ['output', {}],
  ];
  return writeDocument({
    ...emptyDocument(title),
    nodes: parts.map(([type, params], i) => ({ id: type, type, name: type, params, x: 200 * i, y: 0 })),
    wires: parts.slice(1).map(([to], i) => ({
      from: { node: parts[i]?.[0] ?? '', port: 'out' },
      to: { node: to, port: 'in' },
    })),
  });
}
