/**
 * What a look inside costs beside a step: node scripts/run-ts.mjs bench/telemetry.ts ENGINE SIZE BATCH [PAIRS]
 * Steps with and without a look take turns. Counted is the processor's time, on whatever cores: what else the machine
 * does meanwhile hardly changes it.
 */
import { portable } from '../src/engines/portable.node.ts';
import { tensorflow } from '../src/engines/tensorflow.node.ts';
import { networkOf } from '../src/lower/index.ts';
import { completeRecipe } from '../src/recipe/recipe.ts';
import { findTemplate } from '../src/templates/index.ts';
import { COST_LIMIT } from '../src/training/sampling.ts';
import { initialise } from '../src/weights/initialise.ts';

const [engineId = 'tensorflow', ...numbers] = process.argv.slice(2);
const [size = 32, batch = 32, pairs = 8] = numbers.map(Number);
const engine = [tensorflow, portable].find(({ id }) => id === engineId) ?? tensorflow;
const network = networkOf(
  findTemplate('resnet18').build({ input: [size, size, 1], classes: 10, flavour: 'd2l', set: {} }),
);
const recipe = completeRecipe({ size, batch });
const session = await engine.open(network, initialise(network, 1), recipe);
const pictures = {
  images: Float32Array.from({ length: batch * size * size }, (_, i) => Math.sin(i)),
  labels: Int32Array.from({ length: batch }, (_, i) => i % 10),
  ...{ count: batch, shape: [size, size, 1] as [number, number, number] },
};
const times: Record<'plain' | 'look', number[]> = { plain: [], look: [] };
let first = 0;
let bytes = 0;
for (let i = 0; i < 2 * pairs + 2; i++) {
  const observe = i % 2 === 1;
  const began = process.cpuUsage();
  const { observed } = await session.step(pictures, i, 0.001, { observe });
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1000;
  if (i === 1) first = ms;
  if (i > 1) times[observe ? 'look' : 'plain'].push(ms);
  if (observed) bytes = JSON.stringify(observed).length;
}
session.dispose();
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
const [plain, look] = [middle(times.plain), middle(times.look)];
const excess = Math.max(0, look - plain);
const line = {
  ...{ engine: engine.id, size, batch, pairs, plainMs: plain, lookMs: look, firstLookMs: first },
  excessShare: excess / plain,
  // Of training time at a look every 20 steps, and the distance at which it would be the limit.
  at20: excess / (20 * plain),
  everyForLimit: excess / (COST_LIMIT * plain),
  lookBytes: bytes,
};
console.log(
  JSON.stringify(
    Object.fromEntries(
      Object.entries(line).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toPrecision(3)) : v]),
    ),
  ),
);
process.exit(0);
