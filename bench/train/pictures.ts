/** Steps on real pictures, through the product's own pipeline and loop, one at a time. */
import type { Session } from '../../src/compile/session.ts';
import { startBatchWorkers, usefulWorkers } from '../../src/data/batch-workers.node.ts';
import { loadDatasetCached } from '../../src/data/cache.node.ts';
import { findDataset } from '../../src/data/index.node.ts';
import { locate } from '../../src/data/load.node.ts';
import type { Network } from '../../src/network/network.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import { feedingOf } from '../../src/services/pictures.ts';
import { train } from '../../src/training/loop.ts';

export class PictureSteps {
  /** Between two turns batches were made ahead; so many steps later their supply is as it lasts. */
  static readonly LEAD = 3;

  readonly #done: ((step: { ms: number; loss: number }) => void)[] = [];
  #go: (() => void) | undefined;
  #wanted = 0;
  #failure: { readonly error: unknown } | undefined;
  #fail: ((error: unknown) => void) | undefined;

  /** Fashion-MNIST where it is installed, else MNIST, which comes with Stemma. */
  static async start(session: Session, network: Network, recipe: Recipe): Promise<PictureSteps> {
    const fashion = findDataset('fashion-mnist');
    const source = locate(fashion) === undefined ? findDataset('mnist') : fashion;
    const { dataset } = await loadDatasetCached(source, {});
    // They end with this process.
    const feed = startBatchWorkers(usefulWorkers()).open(
      feedingOf(network, recipe, dataset, dataset.train, true),
    );
    const steps = new PictureSteps();
    train(session, feed, recipe, {
      next: () => steps.#allowed(),
      metric: (m) => {
        if (m.kind === 'step') steps.#done.shift()?.({ ms: m.durationMs, loss: m.loss });
      },
    }).catch((error: unknown) => {
      steps.#failure = { error };
      steps.#fail?.(error);
    });
    return steps;
  }

  async #allowed(): Promise<'go'> {
    if (this.#wanted === 0)
      await new Promise<void>((resolve) => {
        this.#go = resolve;
      });
    this.#wanted--;
    return 'go';
  }

  /** The next step: from the end of the one before, waiting for its pictures included. */
  next(): Promise<{ ms: number; loss: number }> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => {
      this.#done.push(resolve);
      this.#fail = reject;
      this.#wanted++;
      this.#go?.();
    });
  }
}
