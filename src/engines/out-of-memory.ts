/** Whichever engine ran out of memory at whichever step: the error says which batch fits. */
import { AppError } from '../base/errors.ts';
import type { Session, SessionOptions } from '../compile/session.ts';
import type { Network } from '../network/network.ts';
import { largestBatch } from '../recipe/budget.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { Device } from './machine.ts';

const CODE = 'engine/out-of-memory';

/** @param count pictures of the batch that did not fit; @param fits by the estimate, undefined where nothing is known */
export function memoryHint(count: number, fits: number | undefined): string {
  const smaller = 'use smaller pictures or a smaller network.';
  // What the estimate thinks to fit, although it did not, helps nobody.
  const best = Math.min(fits ?? count, Math.floor(count / 2));
  if (best < 1) return `Not even one picture fits: ${smaller}`;
  return `A batch of ${best} should fit (this one had ${count}); or ${smaller}`;
}

/** The same session; its errors of memory name the batch that fits on the device. */
export function withMemoryHints(
  session: Session,
  network: Network,
  { optimizer }: SessionOptions,
  device: Device | undefined,
  engine: string,
): Session {
  const free = device?.freeBytes;
  const guarded = async <T>(count: number, use: () => Promise<T>): Promise<T> => {
    try {
      return await use();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== CODE) throw error;
      const fits =
        free === undefined ? undefined : largestBatch(network, completeRecipe({ optimizer }), free, engine);
      throw new AppError(CODE, error.message, { hint: memoryHint(count, fits), cause: error });
    }
  };
  const [step, predict] = [session.step.bind(session), session.predict.bind(session)];
  session.step = (batch, ...rest) => guarded(batch.count, () => step(batch, ...rest));
  session.predict = (images, count) => guarded(count, () => predict(images, count));
  return session;
}
