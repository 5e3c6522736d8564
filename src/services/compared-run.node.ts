import { curveOf } from '../compare/curve.ts';
import { networkIfWhole, summaryFigures, withCurve } from '../compare/run-figures.ts';
import type { ComparedRun } from '../compare/run-table.ts';
import { readDocument } from '../document/file.ts';
import type { RunReader } from '../runs/store.node.ts';
import { isKnownType } from './documents.node.ts';

/** @throws AppError where its drawing or metrics cannot be read */
export async function comparedRun(run: RunReader): Promise<ComparedRun> {
  const { record, folder } = run;
  const document = readDocument(await run.document(), folder, isKnownType);
  const figures = summaryFigures(record.summary, networkIfWhole(document));
  return { record, document, figures: withCurve(figures, curveOf(run.metrics())) };
}
