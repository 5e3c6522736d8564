/** From a variant to the drawing that is trained. */
import { AppError, describeError } from '../base/errors.ts';
import { findBlock } from '../blocks/index.ts';
import { readDocument, writeDocument } from '../document/file.ts';
import type { StemmaDocument } from '../document/model.ts';
import { isOpKind } from '../network/ops/index.ts';
import { findTemplate } from '../templates/index.ts';
import type { ExperimentDocument, ExperimentVariant, VariantDrawing } from './experiment.ts';

const isKnown = (type: string) => isOpKind(type) || findBlock(type) !== undefined;

export const drawingOf = (document: StemmaDocument): VariantDrawing => ({
  document: JSON.parse(writeDocument(document)) as { format: 'stemma' },
});

/** @throws AppError naming the variant, where its template or drawing is none */
export function buildDrawing(
  { input, classes }: Pick<ExperimentDocument, 'input' | 'classes'>,
  { id, label, drawing }: ExperimentVariant,
): StemmaDocument {
  try {
    if ('document' in drawing) return readDocument(JSON.stringify(drawing.document), 'its drawing', isKnown);
    const { template, flavour, set } = drawing;
    return { ...findTemplate(template).build({ input, classes, flavour, set }), title: label };
  } catch (cause) {
    throw new AppError('experiment/drawing', `Variant '${id}': ${describeError(cause)}`, { cause });
  }
}
