/** The drawing's live properties: shapes, costs, problems, fixes, the flat network. */
import { applyEdit, setParams } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import type { Network } from '../network/network.ts';
import { flatten } from './flatten.ts';
import { lower } from './lower.ts';
import { type Summary, summarise } from './summary.ts';

export { type DiagnoseOptions, type Diagnostic, diagnose, errorsOf, keyOf } from './diagnose.ts';
export { eachFix, type Fix, firstFix, fixes } from './fixes.ts';
export { flatten } from './flatten.ts';
export { diagnoseInside, fixesInside, shapesOfFirstUse, whereInside } from './inside.ts';
export { joinPath, type Lowered, type LoweredNode, lower, shapeOnWire } from './lower.ts';
export { type Field, type ReceptiveFields, receptiveFields } from './measures.ts';
export { type Mended, mend } from './mend.ts';
export { portsOf, schemaOf } from './node-types.ts';
export { type Opened, openNode } from './open.ts';
export { type Summary, showSummary } from './summary.ts';
export { type SummaryFormat, summaryText } from './summary-text.ts';
export { startWire, type Verdict, type WireTrial } from './verdict.ts';

export function summaryOf(document: StemmaDocument): Summary {
  const lowered = lower(document);
  return summarise(lowered, (id) => {
    const dense = applyEdit(document, setParams(document, id, { groups: 1 })).document;
    const fragment = lower(dense, lowered).nodes.get(id)?.fragment;
    return { params: fragment?.params ?? 0, macs: fragment?.macs ?? 0 };
  });
}

/** @throws AppError where the drawing has errors */
export function networkOf(document: StemmaDocument): Network {
  return flatten(lower(document));
}
