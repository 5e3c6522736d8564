import { AppError } from '../../base/errors.ts';

/** @throws AppError('data/cancelled') */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new AppError('data/cancelled', 'Adding the pictures was cancelled.', {
      hint: 'Nothing was added. What was read so far is remembered, so the next try is faster.',
    });
}
