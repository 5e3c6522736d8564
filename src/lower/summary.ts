import { findBlock } from '../blocks/index.ts';
import type { Shape } from '../network/shape.ts';
import { type Lowered, reachesOutput } from './lower.ts';
import { completeParams } from './node-types.ts';

export interface SummaryPart {
  readonly name: string;
  readonly type: string;
  readonly shape: Shape | null;
  readonly params: number;
  readonly macs: number;
  /** False where nothing of it reaches the output: it is listed, but no total counts it. */
  readonly used: boolean;
}

export interface Saving {
  readonly name: string;
  readonly groups: number;
  readonly params: number;
  readonly macs: number;
  /** The same node with groups = 1. */
  readonly denseParams: number;
  readonly denseMacs: number;
}

/** Totals are over nodes that reach the output, as the network has them. */
export interface Summary {
  readonly parts: readonly SummaryPart[];
  /** Trainable. */
  readonly params: number;
  /** Running statistics. */
  readonly stats: number;
  /** For one image. */
  readonly macs: number;
  readonly groupedSavings: readonly Saving[];
}

/** A table of the drawing's nodes, in order, without its ends. */
export function summarise(
  lowered: Lowered,
  ungrouped: (id: string) => { params: number; macs: number },
): Summary {
  const parts: SummaryPart[] = [];
  const groupedSavings: Saving[] = [];
  let params = 0;
  let stats = 0;
  let macs = 0;
  const needed = reachesOutput(lowered);
  for (const { node, fragment } of lowered.nodes.values()) {
    const used = needed.has(node.id);
    if (used) {
      params += fragment.params;
      stats += fragment.stats;
      macs += fragment.macs;
    }
    if (node.type === 'input' || node.type === 'output') continue;
    const cost = { params: fragment.params, macs: fragment.macs };
    parts.push({
      name: node.name,
      type: node.type,
      shape: fragment.outputs[0]?.shape ?? null,
      ...cost,
      used,
    });
    const { groups } = completeParams(node, lowered.document.blocks);
    if (used && typeof groups === 'number' && groups > 1) {
      const dense = ungrouped(node.id);
      groupedSavings.push({
        name: node.name,
        groups,
        ...cost,
        denseParams: dense.params,
        denseMacs: dense.macs,
      });
    }
  }
  return { parts, params, stats, macs, groupedSavings };
}

const count = (value: number) => value.toLocaleString('en-US');

/** d2l's `layer_summary` lines, with each part's name and cost behind them. */
export function showSummary(summary: Summary): string {
  const rows = summary.parts.map(({ name, type, shape, params, macs, used }) => [
    `${findBlock(type) || type.startsWith('custom/') ? 'Sequential' : type} output shape:`,
    shape ? `(1, ${shape.join(', ')})` : '(unknown)',
    name,
    `${count(params)} parameters`,
    `${count(macs)} MACs${used ? '' : ' (not counted: leads nowhere)'}`,
  ]);
  const widths = [29, 18, 14, 24, 0].map((least, i) =>
    i === 0 ? least : Math.max(least, ...rows.map((row) => (row[i]?.length ?? 0) + 2)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('')
      .trimEnd(),
  );
  const savings = summary.groupedSavings.map(
    (s) =>
      `${s.name}: ${s.groups} groups need ${count(s.params)} parameters and ${count(s.macs)} MACs an image, against ${count(s.denseParams)} and ${count(s.denseMacs)} without groups.`,
  );
  return [
    ...lines,
    ...savings,
    `${count(summary.params)} parameters, ${count(summary.stats)} running statistics, ${count(summary.macs)} MACs an image`,
  ].join('\n');
}
