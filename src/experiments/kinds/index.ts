import { AppError } from '../../base/errors.ts';
import { cardinality } from './cardinality.ts';
import { depth } from './depth.ts';
import { identity } from './identity.ts';
import type { Kind } from './kind.ts';
import { learningRateRange } from './learning-rate-range.ts';
import { plainVsResidual } from './plain-vs-residual.ts';

export { type Axis, documentOf, firstSeeds, type Kind, type KindOptions } from './kind.ts';

/** Every kind. A new one is its file, one line here, and its name in `experiment.ts`. */
export const kinds: readonly Kind[] = [plainVsResidual, identity, depth, cardinality, learningRateRange];

/** @throws AppError naming all kinds, where there is none of this id */
export function findKind(id: string): Kind {
  const found = kinds.find((kind) => kind.id === id);
  if (!found)
    throw new AppError('experiment/unknown', `There is no kind of experiment '${id}'.`, {
      hint: `Kinds: ${kinds.map((kind) => kind.id).join(', ')}.`,
    });
  return found;
}
