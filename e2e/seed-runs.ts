/** Runs as if they had been trained: drawings, recipes and curves that differ. */
import { join } from 'node:path';
import { writeDocument } from '../src/document/file.ts';
import { createRun } from '../src/runs/store.node.ts';
import { findTemplate } from '../src/templates/index.ts';
import { defaultOptions } from '../src/templates/template.ts';

export interface SeededRun {
  readonly template: string;
  readonly set?: Readonly<Record<string, string | number>>;
  readonly title: string;
  readonly recipe?: Readonly<Record<string, number | string | boolean>>;
  /** The loss falls to this, the accuracy rises to one that fits. */
  readonly loss: number;
  readonly stepMs: number;
}

const STEPS = 120;

/** In the order given, a second after one another; answers their ids. */
export async function seedRuns(home: string, runs: readonly SeededRun[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, { template, set = {}, title, recipe, loss, stepMs }] of runs.entries()) {
    const document = findTemplate(template).build({ ...defaultOptions, input: [32, 32, 1], set });
    const run = await createRun(
      join(home, 'runs'),
      {
        title,
        recipe: { data: 'mnist', batch: 32, epochs: 2, ...recipe },
        environment: { engine: 'portable', device: 'cpu' },
        document: writeDocument({ ...document, title }),
      },
      { now: new Date(Date.UTC(2026, 10, 20, 8, 0, i)) },
    );
    const lossAt = (step: number) => loss + (2.3 - loss) * Math.exp(-step / 25);
    const accuracyAt = (step: number) => 0.99 - lossAt(step) * 0.35;
    for (let step = 0; step < STEPS; step++) {
      const epoch = Math.floor(step / (STEPS / 2));
      const noise = 0.15 * Math.sin(step * 1.7 + i) * lossAt(step);
      run.appendMetric({
        ...{ kind: 'step', step, epoch, loss: lossAt(step) + noise, accuracy: accuracyAt(step) },
        ...{ learningRate: 0.01, durationMs: stepMs },
      });
      if (step % 20 === 19)
        run.appendMetric({
          ...{ kind: 'validation', step, epoch, loss: lossAt(step) * 1.1, accuracy: accuracyAt(step) - 0.02 },
        });
      if (step % (STEPS / 2) === STEPS / 2 - 1)
        run.appendMetric({ kind: 'epoch', step, epoch, loss: lossAt(step), accuracy: accuracyAt(step) });
    }
    await run.setState({
      state: 'finished',
      summary: {
        ...{ steps: STEPS, epochs: 2, trainLoss: lossAt(STEPS), testLoss: lossAt(STEPS) * 1.1 },
        ...{ testAccuracy: accuracyAt(STEPS) - 0.02, stepMs: { median: stepMs, p95: stepMs } },
        ...{ imagesPerSecond: 32_000 / stepMs, peakRssMB: 300 + stepMs },
      },
    });
    await run.close();
    ids.push(run.record.id);
  }
  return ids;
}

export const someRuns: readonly SeededRun[] = [
  { template: 'resnet18', title: 'ResNet-18', loss: 0.08, stepMs: 140 },
  {
    ...{ template: 'resnet18', set: { shortcut: 'none' }, title: 'ResNet-18, plain' },
    ...{ loss: 0.4, stepMs: 120, recipe: { learningRate: 0.003, schedule: 'cosine' } },
  },
  { template: 'resnet34', title: 'ResNet-34', loss: 0.05, stepMs: 260, recipe: { batch: 64 } },
  { template: 'resnet20-cifar', title: 'ResNet-20', loss: 0.12, stepMs: 60 },
];
