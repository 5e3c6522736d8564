/** Stemma as a peer (see ../peers/protocol.py): ENGINE fixed | pictures */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describeError } from '../../src/base/errors.ts';
import { RandomStream } from '../../src/base/random.ts';
import type { Session } from '../../src/compile/session.ts';
import type { Batch } from '../../src/data/pipeline.ts';
import { chooseEngine } from '../../src/engines/index.node.ts';
import { networkOf } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { completeRecipe } from '../../src/recipe/recipe.ts';
import { chainDocument } from '../../src/templates/resnet.ts';
import { initialise } from '../../src/weights/initialise.ts';
import { networkFor } from './network.ts';
import { PictureSteps } from './pictures.ts';
import type { Work } from './works.ts';

const MB = 2 ** 20;
const [engineId = '', source = 'fixed'] = process.argv.slice(2);

function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const found = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1]) / 1024;
}

/** So that the peak is that of one work, its building included. Elsewhere it is the whole process's, which is the same for its first. */
function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

const recipeFor = (work: Work) =>
  completeRecipe({
    ...{ size: work.size, batch: work.batch, optimizer: work.optimizer },
    ...{ learningRate: work.learningRate, momentum: work.momentum, epochs: 1000 },
  });

function fixedBatch(count: number, shape: Batch['shape'], classes: number): Batch {
  const stream = new RandomStream(1, 0, 'bench');
  const images = new Float32Array(count * shape[0] * shape[1] * shape[2]);
  // Uniform with the mean and the spread of the peers' normal numbers.
  for (let i = 0; i < images.length; i++) images[i] = (stream.uniform() * 2 - 1) * Math.sqrt(3);
  return { images, labels: Int32Array.from({ length: count }, (_, i) => i % classes), count, shape };
}

interface Steps {
  /** One whole step: its duration and its loss. */
  next(): Promise<{ ms: number; loss: number | null }>;
}

function fixedSteps(session: Session, work: Work): Steps {
  const batch = fixedBatch(work.batch, [work.size, work.size, work.channels], work.classes);
  let step = 0;
  return {
    async next() {
      const began = performance.now();
      if (work.mode === 'evaluate') {
        await session.predict(batch.images, batch.count);
        return { ms: performance.now() - began, loss: null };
      }
      const { loss } = await session.step(batch, step++, work.learningRate);
      return { ms: performance.now() - began, loss };
    },
  };
}

const { engine, availability } = await chooseEngine(engineId);

async function open(network: Network, work: Work): Promise<Session> {
  return engine.open(network, initialise(network, 1), recipeFor(work));
}

/** One small step, so that "idle" is an engine that is ready. */
async function wake(): Promise<void> {
  const drawing = chainDocument('wake', [
    { type: 'input', name: 'input', params: { shape: [8, 8, 1] } },
    { type: 'head', name: 'head', params: { classes: 2 } },
    { type: 'output', name: 'output', params: {} },
  ]);
  const network = networkOf(drawing);
  const recipe = completeRecipe({ size: 8, batch: 2 });
  const session = await engine.open(network, initialise(network, 1), recipe);
  await session.step(fixedBatch(2, [8, 8, 1], 2), 0, 0.01);
  session.dispose();
}

let session: Session | undefined;
let steps: Steps | undefined;
/** Steps that are done before those that count, at the begin of a turn. */
let lead = 0;

async function prepare(work: Work) {
  session?.dispose();
  steps = undefined;
  forgetPeak();
  const began = performance.now();
  const network = networkFor(work);
  if (network.params !== work.params)
    throw new Error(`Stemma made ${network.params} parameters, expected ${work.params}`);
  session = await open(network, work);
  if (source === 'pictures') {
    steps = await PictureSteps.start(session, network, recipeFor(work));
    lead = PictureSteps.LEAD;
  } else steps = fixedSteps(session, work);
  const done: { ms: number; loss: number | null }[] = [];
  for (let i = 0; i < work.warmup; i++) done.push(await steps.next());
  return {
    losses: done.map(({ loss }) => loss),
    warmupMs: done.map(({ ms }) => ms),
    prepareMs: performance.now() - began,
  };
}

async function turn(count: number) {
  if (!steps) throw new Error('steps were asked for before a work');
  for (let i = 0; i < lead; i++) await steps.next();
  const ms: number[] = [];
  for (let i = 0; i < count; i++) ms.push((await steps.next()).ms);
  return { ms, peakMb: peakMb() };
}

const answer = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);

await wake();
answer({
  peer: `Stemma ${engine.id}`,
  ...{ version: availability.version, device: availability.device, idleMb: process.memoryUsage.rss() / MB },
});
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as { work: Work } | { steps: number };
  try {
    answer('work' in message ? await prepare(message.work) : await turn(message.steps));
  } catch (error) {
    answer({ error: describeError(error) });
  }
}
process.exit(0);
