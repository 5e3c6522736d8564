import { AppError } from '../base/errors.ts';
import { resnets } from './resnet.ts';
import type { Template } from './template.ts';

/** Every template. A new family is its file and one line here. */
export const templates: readonly Template[] = [...resnets];

/** @throws AppError naming all templates, where there is none of this id */
export function findTemplate(id: string): Template {
  const found = templates.find((t) => t.id === id);
  if (!found)
    throw new AppError('template/unknown', `There is no template '${id}'.`, {
      hint: `Templates: ${templates.map((t) => t.id).join(', ')}.`,
    });
  return found;
}
