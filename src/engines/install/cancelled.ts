import { AppError } from '../../base/errors.ts';

export const cancelled = () =>
  new AppError('engine/cancelled', 'The installation was cancelled.', {
    hint: 'What was installed before is unchanged; what arrived is kept for the next try.',
  });
