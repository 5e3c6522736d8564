import { applyEdit, setRecipe } from '../../src/document/edits.ts';
import type { ParamValue } from '../../src/schema/params.ts';
import type { OpenedRun } from '../../src/services/contract.ts';
import { leaveDrawing, parseDrawing } from '../files/actions.ts';
import { useApp } from '../state/app.ts';
import { openDocument } from '../state/editor.ts';
import { sayError } from '../ui/toasts.tsx';
import { forgetFrom, useFrom } from '../use/begin-from.ts';

/** The run's drawing with its recipe, ready to be started; from the run's weights, where they are wanted. */
export function trainAgain({ document: text, record }: OpenedRun, withWeights = false): void {
  try {
    const drawing = parseDrawing(text, record.title);
    const values = record.recipe as Record<string, ParamValue>;
    const { document } = applyEdit(drawing, setRecipe(drawing, values));
    leaveDrawing(() => {
      openDocument(document);
      if (withWeights) useFrom.setState({ run: record.id, title: record.title });
      else forgetFrom();
      useApp.setState({ view: 'train' });
    });
  } catch (error) {
    sayError(error);
  }
}
