/** Drawings beside each other, whoever drew them. */

import { applyEdit } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import { isPlain, setPlain } from '../document/plain.ts';
import { drawingOf } from './drawings.ts';
import { EXPERIMENT_VERSION, type ExperimentDocument, type ExperimentVariant } from './experiment.ts';

/** A name that no other variant has. */
function freeId(experiment: Pick<ExperimentDocument, 'variants'>): string {
  for (let i = experiment.variants.length + 1; ; i++)
    if (!experiment.variants.some(({ id }) => id === `drawing-${i}`)) return `drawing-${i}`;
}

/** With a drawing as one more network; it is of no kind then. */
export function withDrawing(experiment: ExperimentDocument, document: StemmaDocument): ExperimentDocument {
  const taken = experiment.variants.filter(({ label }) => label.startsWith(document.title)).length;
  const title = (document.title || 'Drawing').slice(0, 90);
  const variant: ExperimentVariant = {
    ...{ id: freeId(experiment), label: taken > 0 ? `${title} (${taken + 1})` : title },
    facts: isPlain(document) ? { shortcut: 'none' } : {},
    ...{ drawing: drawingOf(document), recipe: {}, how: { kind: 'train' } },
  };
  return { ...experiment, kind: 'custom', variants: [...experiment.variants, variant] };
}

/** The drawing, and the same with its skips taken away or put back. */
export function compareWithPlain(
  document: StemmaDocument,
  {
    input,
    classes,
    data,
  }: { readonly input: readonly [number, number, number]; readonly classes: number; readonly data: string },
): ExperimentDocument {
  const plain = isPlain(document);
  const other = applyEdit(document, setPlain(document, !plain)).document;
  const empty: ExperimentDocument = {
    ...{ format: 'stemma-experiment', version: EXPERIMENT_VERSION, kind: 'custom', note: '' },
    ...{ title: `${document.title}, with and without skips`.slice(0, 200), input: [...input], classes },
    recipe: {
      ...{ data, size: input[0], batch: 32, limit: 3200, epochs: 1 },
      ...{ learningRate: 0.01, optimizer: 'momentum', warmup: 20, schedule: 'cosine' },
    },
    ...{ seeds: [1, 2], variants: [] },
  };
  const named = plain ? `${document.title}, residual` : `${document.title}, plain`;
  return withDrawing(withDrawing(empty, document), { ...other, title: named });
}
