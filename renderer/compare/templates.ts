/** Templates as they would be for the open drawing's pictures and classes, so that figures can be compared. */
import type { StemmaDocument } from '../../src/document/model.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { optionsFor } from '../gallery/options.ts';

const known = new Map<string, StemmaDocument>();
const MOST = 60;

export function templateLike(id: string, { nodes }: StemmaDocument): StemmaDocument {
  const usual = optionsFor(id);
  const shape = nodes.find((n) => n.type === 'input')?.params.shape;
  const classes = nodes.find((n) => n.type === 'head')?.params.classes;
  const options = {
    ...usual,
    ...(Array.isArray(shape) && shape.length === 3 && { input: shape as number[] }),
    ...(typeof classes === 'number' && { classes }),
  };
  const key = JSON.stringify([id, options]);
  const before = known.get(key);
  if (before) return before;
  const built = findTemplate(id).build(options);
  const [oldest] = known.keys();
  if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
  known.set(key, built);
  return built;
}
