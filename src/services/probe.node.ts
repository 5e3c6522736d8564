/** How long a step takes: a few on made-up pictures. Runs inside a trainer process of its own. */
import { RandomStream } from '../base/random.ts';
import type { Batch } from '../data/pipeline.ts';
import { chooseEngine } from '../engines/index.node.ts';
import { layerAt } from '../network/network.ts';
import { estimateMemory } from '../recipe/memory.ts';
import { learningRateAt } from '../recipe/recipe.ts';
import { stepTimes } from '../training/loop.ts';
import { initialise } from '../weights/initialise.ts';
import type { ProbeResult } from './contract.ts';
import type { ProbeJob } from './jobs.ts';
import { judgedAtOnce } from './pictures.ts';
import { openTask } from './task.node.ts';

/** The first warms up and is not counted. */
const STEPS = 4;
const PREDICTIONS = 3;

/** This process is for one job, so its environment is the job's. */
function takeLibrary({ folder, threads }: NonNullable<ProbeJob['library']>): void {
  process.env.STEMMA_TENSORFLOW_DIR = folder;
  if (threads === null) delete process.env.STEMMA_TENSORFLOW_THREADS;
  else process.env.STEMMA_TENSORFLOW_THREADS = `${threads}`;
}

export async function runProbe(job: ProbeJob): Promise<ProbeResult> {
  const { network, recipe, source } = openTask(job);
  if (job.library) takeLibrary(job.library);
  const { engine, availability } = await chooseEngine(job.engine, undefined, (id) =>
    estimateMemory(network, recipe, id),
  );
  const model = await engine.open(network, initialise(network, recipe.seed), recipe);
  const shape = layerAt(network, network.input).shape as [number, number, number];
  const count = recipe.batch;
  const stream = new RandomStream(recipe.seed, 0, 'probe');
  const batch: Batch = {
    images: Float32Array.from({ length: count * shape[0] * shape[1] * shape[2] }, () => stream.uniform()),
    labels: Int32Array.from({ length: count }, (_, i) => i % source.classes.length),
    ...{ count, shape },
  };
  const { steps = STEPS } = job;
  const stepMs: number[] = [];
  for (let step = 0; step < steps; step++) {
    const began = performance.now();
    await model.step(batch, step, learningRateAt(recipe, step, steps));
    stepMs.push(performance.now() - began);
  }
  const predictMs: number[] = [];
  const judged = judgedAtOnce(count);
  const size = batch.images.length / count;
  const pictures = Float32Array.from({ length: judged * size }, () => stream.uniform());
  for (let time = 0; time < PREDICTIONS; time++) {
    const began = performance.now();
    await model.predict(pictures, judged);
    predictMs.push(performance.now() - began);
  }
  model.dispose();
  const { median } = stepTimes(stepMs);
  return {
    ...{ engine: engine.id, device: availability.device },
    ...{ stepMs: median, predictMs: (stepTimes(predictMs).median * count) / judged },
    imagesPerSecond: (count * 1000) / median,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
