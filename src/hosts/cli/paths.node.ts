/** What the words of a command name: drawings to read, and places to write that must not be overwritten unasked. */
import { existsSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';
import type { StemmaDocument } from '../../document/model.ts';
import { loadDrawing } from '../../services/documents.node.ts';
import { templates } from '../../templates/index.ts';
import { type Options, templateOptions } from './arguments.ts';

/** A template in the shape that the options give it, or a drawing, which has its own. */
export async function drawingOf(name: string, options: Options): Promise<StemmaDocument> {
  const isTemplate = templates.some((t) => t.id === name);
  const shaping = (['set', 'flavour', 'input', 'classes'] as const).find((key) => options[key] !== undefined);
  const document = await loadDrawing(name, templateOptions(options));
  if (!isTemplate && shaping)
    throw new AppError(
      'cli/option',
      `--${shaping} shapes a template; ${name} is a drawing that has its own.`,
      {
        hint: 'Change the drawing, or name a template.',
      },
    );
  return document;
}

/** @throws AppError('cli/exists') where something stands at the path and --force is not given */
export function refuseExisting(path: string, options: Options): void {
  if (existsSync(path) && !options.force)
    throw new AppError('cli/exists', `${path} exists already.`, {
      hint: 'Name another, or add --force to replace it.',
    });
}
