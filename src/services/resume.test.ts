/** Runs that go on further, and what is kept of the best. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openRun } from '../runs/store.node.ts';
import { buildTrainer, caller, failure, longRecipe, testingHost, tinyRecipe } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

const hosts: ReturnType<typeof testingHost>[] = [];
const newHost = () => {
  const host = testingHost();
  hosts.push(host);
  return host;
};
beforeAll(buildTrainer, 120_000);
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

const recipe = { ...tinyRecipe, optimizer: 'adam', learningRate: 0.003 };
const document = tinyDocument();

async function trained(host: ReturnType<typeof testingHost>, given: object): Promise<string> {
  const argument = { document, recipe: { ...recipe, ...given }, engine: 'portable' };
  const { run } = await host.handlers['training.start'](argument, caller);
  await host.event('training.ended', (end) => end.run === run);
  return run;
}

function told(host: ReturnType<typeof testingHost>, run: string) {
  const reader = openRun(host.options.runsHome, run);
  const { state, recipe: stored, summary } = reader.record;
  return {
    ...{ state, epochs: stored.epochs, steps: summary.steps, testLoss: summary.testLoss },
    metrics: reader
      .metrics()
      .map((metric) => ({ ...metric, durationMs: 0, waitMs: 0, updateMs: 0, rssBytes: 0 })),
    weights: readFileSync(join(reader.folder, 'weights.safetensors')).toString('base64'),
  };
}

const everything = {
  ...{ flip: true, crop: 2, cutout: 3, mixup: 0.4, labelSmoothing: 0.1, classWeights: 'balanced', ema: 0.9 },
  ...{ validation: 0.2, earlyStop: 50, keepBest: 2, clipNorm: 1 },
};

test.each([
  ['as it is', {}],
  ['with all that a recipe has', everything],
])(
  'two epochs and then one more are three, step by step, %s; a page that watches is told from there on',
  async (_, given) => {
    const host = newHost();
    const run = await trained(host, { ...given, epochs: 2 });
    expect(await failure(resume(host, run, null))).toMatchObject({
      code: 'training/finished',
      hint: expect.stringContaining('--epochs 3'),
    });
    const before = (await openRun(host.options.runsHome, run).metricColumns()).lines;
    const { length } = host.of('training.ended');
    expect(await resume(host, run, 3)).toEqual({ run });
    await host.event('training.ended', () => host.of('training.ended').length > length);
    const whole = await trained(host, { ...given, epochs: 3 });
    expect(told(host, run)).toEqual(told(host, whole));
    const again = host.of('training.metrics').filter((event) => event.run === run && event.from >= before);
    expect(again[0]?.from).toBe(before);
    expect(host.of('training.state').findLast((state) => state.run === run)).toMatchObject({
      step: 24,
      totalSteps: 24,
    });
  },
  120_000,
);

const resume = async (host: ReturnType<typeof testingHost>, run: string, epochs: number | null) =>
  host.handlers['training.resume']({ run, epochs, engine: null }, caller);

test('stopped by hand it goes on; one that is being trained is refused; no checkpoint: it begins anew', async () => {
  const host = newHost();
  const { run } = await host.handlers['training.start'](
    { document, recipe: longRecipe, engine: 'portable' },
    caller,
  );
  await host.event('training.state', ({ step }) => step > 3);
  expect(await failure(resume(host, run, null))).toMatchObject({ code: 'training/busy' });
  await host.handlers['training.control']({ run, action: 'stop' }, caller);
  await host.event('training.ended');
  const { steps } = openRun(host.options.runsHome, run).record.summary as { steps: number };
  await resume(host, run, null);
  const { step } = await host.event(
    'training.state',
    (state) => state.phase === 'preparing' && state.step > 0,
  );
  expect(step).toBe(steps);
  await host.event('training.state', (state) => state.step > steps);
  await host.handlers['training.control']({ run, action: 'stop' }, caller);
  await host.event('training.ended', () => host.of('training.ended').length === 2);
  const { folder } = openRun(host.options.runsHome, run);
  for (const name of ['last', 'last-1'])
    writeFileSync(join(folder, 'checkpoints', `${name}.safetensors`), 'x');
  await resume(host, run, null);
  const { warnings } = await host.event('training.state', (state) => state.warnings.length > 0);
  expect(warnings.join()).toMatch(/no whole checkpoint.*It begins anew/s);
}, 120_000);

test('the best on the held-out pictures is what is kept, judged and exported', async () => {
  const host = newHost();
  // So large that it gets worse as often as better.
  const run = await trained(host, { keepBest: 2, epochs: 4, validateEvery: 3, learningRate: 0.3 });
  const reader = openRun(host.options.runsHome, run);
  const looks = reader.metrics().filter((metric) => metric.kind === 'validation');
  const best = looks.toSorted((a, b) => a.loss - b.loss).slice(0, 2);
  const [first] = best as [(typeof looks)[0]];
  expect(first.step).not.toBe(looks.at(-1)?.step);
  expect(reader.record.summary.weightsOfStep).toBe(first.step + 1);
  const kept = (await reader.checkpoints()).map(({ name }) => name).filter((name) => name.startsWith('best'));
  // Some that were driven out may still lie there, for a run that goes on from before.
  expect(kept).toEqual(expect.arrayContaining(best.map(({ step }) => `best-${step + 1}`)));
  expect(await reader.weights()).toEqual((await reader.checkpoint('best')).state.weights);
}, 120_000);

test('a run that ended early is told so, and with more epochs it waits anew', async () => {
  const host = newHost();
  // Nothing is learned, so no look is better than the first.
  const run = await trained(host, { earlyStop: 2, epochs: 5, learningRate: 0 });
  const steps = () => openRun(host.options.runsHome, run).record.summary.steps as number;
  expect(openRun(host.options.runsHome, run).record).toMatchObject({
    state: 'finished',
    reason: expect.stringMatching(/^Ended early: .* for 2 looks; it was lowest after step 8,/),
  });
  expect(steps()).toBe(24);
  expect(await failure(resume(host, run, null))).toMatchObject({
    code: 'training/finished',
    message: expect.stringContaining('Ended early'),
  });
  await resume(host, run, 6);
  await host.event('training.ended', () => host.of('training.ended').length === 2);
  expect(steps()).toBe(40);
}, 120_000);
