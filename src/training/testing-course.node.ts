/** Tiny real trainings on made-up pictures, watched as a run is: for tests of what is said about a course. */
import { RandomStream } from '../base/random.ts';
import { feedHere } from '../data/feed.ts';
import type { Batch } from '../data/pipeline.ts';
import { emptyDocument, type StemmaDocument } from '../document/model.ts';
import { portable } from '../engines/portable.node.ts';
import { networkOf } from '../lower/index.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import { findTemplate } from '../templates/index.ts';
import { initialise } from '../weights/initialise.ts';
import type { Course } from './course.ts';
import { evaluate } from './evaluate.ts';
import { train } from './loop.ts';
import type { Look } from './telemetry.ts';

const SIDE = 8;
const CLASSES = 4;

interface Pictures {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
}

/** A bright square in one of four corners, in noise; `wrong`: the share of labels that are drawn at random. */
function picturesOf(count: number, seed: number, wrong: number, noise = 0.7): Pictures {
  const stream = new RandomStream(seed, 0, 'course');
  const images = new Float32Array(count * SIDE * SIDE);
  const labels = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    const shown = n % CLASSES;
    labels[n] = stream.uniform() < wrong ? Math.floor(stream.uniform() * CLASSES) : shown;
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const inside = Math.floor(y / 4) * 2 + Math.floor(x / 4) === shown;
        images[(n * SIDE + y) * SIDE + x] = (inside ? 1 : -0.3) + noise * 2 * (stream.uniform() - 0.5);
      }
  }
  return { images, labels, count };
}

function feedOf({ images, labels, count }: Pictures, batch: number) {
  const size = SIDE * SIDE;
  return feedHere({
    count,
    stepsPerEpoch: Math.ceil(count / batch),
    batchAt(_, index): Batch {
      const [from, to] = [index * batch, Math.min(count, (index + 1) * batch)];
      return {
        images: images.slice(from * size, to * size),
        labels: labels.slice(from, to),
        count: to - from,
        shape: [SIDE, SIDE, 1],
      };
    },
  });
}

/** A small residual network for these pictures, or the plain one. `set`: of the template. */
export function smallResnet(blocks: number, set: Readonly<Record<string, unknown>> = {}): StemmaDocument {
  const stages = [
    [blocks, 8],
    [blocks, 8],
    [blocks, 8],
  ];
  return findTemplate('resnet20-cifar').build({
    ...{ input: [SIDE, SIDE, 1], classes: CLASSES, flavour: 'torchvision' },
    set: { stages, stemFilters: 8, ...set } as never,
  });
}

/** So many 3×3 convolutions, each with its activation, without batch norm. */
export function chainOfConvolutions(
  depth: number,
  { filters = 8, initializer = 'heNormalFanOut', activation = 'relu' } = {},
): StemmaDocument {
  const parts: [string, string, Record<string, unknown>][] = [
    ['input', 'input', { shape: [SIDE, SIDE, 1] }],
    ...Array.from({ length: depth }).flatMap((_, i): [string, string, Record<string, unknown>][] => [
      [`conv${i + 1}`, 'conv2d', { filters, kernelSize: [3, 3], kernelInitializer: initializer }],
      [`act${i + 1}`, 'activation', { function: activation }],
    ]),
    ['head', 'head', { classes: CLASSES }],
    ['output', 'output', {}],
  ];
  return {
    ...emptyDocument('Chain'),
    nodes: parts.map(([name, type, params]) => ({ id: name, type, name, params, x: 0, y: 0 })) as never,
    wires: parts.slice(1).map(([to], i) => ({
      from: { node: parts[i]?.[0] ?? '', port: 'out' },
      to: { node: to, port: 'in' },
    })),
  };
}

interface CourseOptions {
  readonly recipe?: Partial<Recipe>;
  readonly count?: number;
  /** Share of training labels drawn at random. */
  readonly wrong?: number;
  readonly noise?: number;
  readonly observeEvery?: number;
}

/** Trains it to its end, or until the loss is no number. */
export async function courseOf(document: StemmaDocument, options: CourseOptions = {}): Promise<Course> {
  const { count = 64, wrong = 0, noise, observeEvery = 5 } = options;
  const recipe = completeRecipe({ batch: 16, epochs: 5, validation: 0.2, ...options.recipe });
  const network = networkOf(document);
  const model = await portable.open(network, initialise(network, recipe.seed), recipe);
  const feed = feedOf(picturesOf(count, 1, wrong, noise), recipe.batch);
  const held = feedOf(picturesOf(48, 2, 0, noise), 16);
  const losses: number[] = [];
  const accuracies: number[] = [];
  const validation: { step: number; loss: number }[] = [];
  const looks: Look[] = [];
  try {
    await train(model, feed, recipe, {
      next: async () => 'go',
      metric(metric) {
        if (metric.kind === 'validation') validation.push({ step: metric.step, loss: metric.loss });
        if (metric.kind !== 'step') return;
        losses.push(metric.loss);
        accuracies.push(metric.accuracy);
      },
      validate: () => evaluate(model, held),
      // As often as asked, whatever it costs: what is said must not hang on a clock.
      telemetry: {
        sampling: {
          due: (step) => step % observeEvery === 0,
          stepped: () => {},
          looked: () => ({ histograms: false }),
        },
        look: (look) => looks.push(look),
      },
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'training/not-finite') throw error;
    losses.push(Number.NaN);
  } finally {
    model.dispose();
  }
  return { losses, accuracies, validation, looks, recipe, network };
}
