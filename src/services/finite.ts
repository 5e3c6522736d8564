import { AppError } from '../base/errors.ts';
import type { Weights } from '../weights/tensors.ts';

/** @throws AppError('training/not-finite') before whole weights are replaced by ones that are no numbers */
export function assertFinite(weights: Weights): void {
  for (const [path, { data }] of weights)
    if (!data.every(Number.isFinite))
      throw new AppError('training/not-finite', `The weights '${path}' are no numbers any more.`, {
        hint: 'They grew without bound: lower the learning rate, or let it warm up. The weights stored before are kept.',
      });
}
