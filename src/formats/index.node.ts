import { AppError } from '../base/errors.ts';
import type { Format } from './format.ts';
import { safetensors } from './safetensors.node.ts';
import { tfjs } from './tfjs.node.ts';

/** Every format that carries weights. A new one is its file and one line here. */
export const formats: readonly Format[] = [tfjs, safetensors];

export function findFormat(id: string): Format {
  const found = formats.find((f) => f.id === id);
  if (!found)
    throw new AppError('export/unknown', `There is no format '${id}'.`, {
      hint: `Formats: ${formats.map((f) => f.id).join(', ')}, document.`,
    });
  return found;
}
