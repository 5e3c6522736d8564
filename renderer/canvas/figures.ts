/** What a node says of itself, in words: for its tooltip and for screen readers. */

import { repeatOf } from '../../src/document/edits.ts';
import type { CustomBlock } from '../../src/document/model.ts';
import { exact, shape } from '../ui/format.ts';
import { titleOf } from './catalogue.ts';
import type { SceneNode } from './scene.ts';

const many = (count: number, one: string) => `${exact(count)} ${one}${count === 1 ? '' : 's'}`;

export function problemsInWords({ problems }: SceneNode): string {
  const errors = problems.filter((d) => d.severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [errors > 0 && many(errors, 'error'), warnings > 0 && many(warnings, 'warning')].filter(
    Boolean,
  );
  return parts.length === 0 ? 'no problems' : parts.join(' and ');
}

/** "stage1, Residual stage, output 24 by 24 by 64, 147,968 parameters, no problems" */
export function describeNode(scene: SceneNode, own: readonly CustomBlock[]): string {
  const { node, item } = scene;
  const out = item.fragment.outputs[0]?.shape;
  return [
    node.name,
    titleOf(node.type, own),
    out ? `output ${out.join(' by ')}` : 'output unknown',
    item.fragment.params > 0 && many(item.fragment.params, 'parameter'),
    problemsInWords(scene),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The exact figures of a node. */
export function figuresOf({ item: { fragment } }: SceneNode): string {
  const out = fragment.outputs[0]?.shape;
  return [
    out ? `Output ${shape(out)}` : 'The output is not known yet',
    many(fragment.params, 'parameter'),
    fragment.stats > 0 && many(fragment.stats, 'running statistic'),
    `${many(fragment.macs, 'multiply–accumulate')} an image`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How often a custom block repeats; 1 for every other node. */
export function copiesOf({ node }: SceneNode, own: readonly CustomBlock[]): number {
  const block = own.find((b) => b.type === node.type);
  return block ? repeatOf(node, block) : 1;
}

const residual = new Set(['residual', 'bottleneck', 'resnext', 'residual-stage', 'resnext-stage']);

/** Whether a block has its skip; undefined for what never has one. */
export const skipOf = ({ node }: SceneNode): boolean | undefined =>
  residual.has(node.type) ? node.params.shortcut !== 'none' : undefined;
