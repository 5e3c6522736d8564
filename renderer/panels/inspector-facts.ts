/** What the inspector says of nodes and drawings, as rows of words. */
import { findBlock } from '../../src/blocks/index.ts';
import { applyEdit, setParams } from '../../src/document/edits.ts';
import type { DocNode } from '../../src/document/model.ts';
import { type Field, type Lowered, type LoweredNode, lower } from '../../src/lower/index.ts';
import { type Saving, summarise } from '../../src/lower/summary.ts';
import type { Shape } from '../../src/network/shape.ts';
import { bytes, exact, shape } from '../ui/format.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What the label means. */
  readonly help?: string;
}

const helps = {
  params: 'Numbers that training changes.',
  stats: 'Means and variances that batch norm keeps; counted apart, since no gradient changes them.',
  macs: 'Multiply–accumulates of convolutions and dense layers, for one picture.',
  memory: 'What training keeps of one picture until the gradient.',
  field: 'How much of the picture one number of the output depends on.',
} as const;

const known = (extents: Shape | null | undefined) => (extents ? shape(extents) : 'unknown');

export const fieldText = (field: Field | null | undefined): string =>
  !field ? 'unknown' : field.whole ? 'the whole picture' : `${field.size[0]} × ${field.size[1]} px`;

/** Parameters, running statistics, MACs: of a node, of several, of the drawing. */
export const costFacts = (cost: { params: number; stats: number; macs: number }): readonly Fact[] => [
  { label: 'Parameters', value: exact(cost.params), help: helps.params },
  { label: 'Running statistics', value: exact(cost.stats), help: helps.stats },
  { label: 'MACs', value: exact(cost.macs), help: helps.macs },
];

export const fieldFact = (field: Field | null | undefined): Fact => ({
  label: 'Receptive field',
  value: fieldText(field),
  help: helps.field,
});

/** `nameOf`: of the node that a wire comes from; undefined where that is not to be told. */
export function nodeFacts(
  { ports, inputs, sources, fragment }: LoweredNode,
  nameOf: (id: string) => string | undefined,
): readonly Fact[] {
  const port = (names: readonly string[], name: string, word: string) =>
    names.length === 1 ? word : `${word} ${name}`;
  return [
    ...ports.inputs.map((name, i): Fact => {
      const wire = sources[i];
      const from = wire && nameOf(wire.from.node);
      const value = !wire ? 'not connected' : `${known(inputs[i])}${from ? ` from ${from}` : ''}`;
      return { label: port(ports.inputs, name, 'Input'), value };
    }),
    ...ports.outputs.map(
      (name, i): Fact => ({
        label: port(ports.outputs, name, 'Output'),
        value: known(fragment.outputs[i]?.shape),
      }),
    ),
    ...costFacts(fragment),
    { label: 'Activations', value: bytes(fragment.activationBytes), help: helps.memory },
  ];
}

/** 'plain' or 'residual'; undefined for what never has a skip. */
export function skipOf({ type, params }: DocNode): 'plain' | 'residual' | undefined {
  if (!findBlock(type)?.params.shortcut) return undefined;
  return params.shortcut === 'none' ? 'plain' : 'residual';
}

/** What all of these are; 'mixed' where they differ. */
export function skipOfAll(nodes: readonly DocNode[]): 'plain' | 'residual' | 'mixed' | undefined {
  const skips = new Set(nodes.map(skipOf));
  skips.delete(undefined);
  return skips.size > 1 ? 'mixed' : [...skips][0];
}

/** What grouped convolutions save in the drawing. Lowers it once more a grouped node, so it takes its time. */
export function savingsOf(lowered: Lowered): readonly Saving[] {
  const { document } = lowered;
  return summarise(lowered, (id) => {
    const dense = applyEdit(document, setParams(document, id, { groups: 1 })).document;
    const fragment = lower(dense, lowered).nodes.get(id)?.fragment;
    return { params: fragment?.params ?? 0, macs: fragment?.macs ?? 0 };
  }).groupedSavings;
}

/** Totals over what reaches the output. */
export const totalsOf = (lowered: Lowered) => summarise(lowered, () => ({ params: 0, macs: 0 }));

/** 32 groups: 2,912 instead of 11,552 parameters */
export const savingText = ({ groups, params, denseParams }: Saving): string =>
  `${exact(groups)} groups: ${exact(params)} instead of ${exact(denseParams)} parameters`;
