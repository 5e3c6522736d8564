import { appendFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readDocument } from '../document/file.ts';
import { networkOf } from '../lower/index.ts';
import { openRun, telemetryPage } from '../runs/store.node.ts';
import type { Look } from '../training/telemetry.ts';
import { isKnownType } from './documents.node.ts';
import type { TrainingEvent } from './jobs.ts';
import { createTelemetryHandlers } from './telemetry-handlers.node.ts';
import { tinyDocument } from './tiny-document.ts';
import { runTraining } from './training.node.ts';

const runsHome = mkdtempSync(join(tmpdir(), 'stemma-telemetry-'));
const control = { wanted: async () => 'go' as const, resumed: async () => {} };
const recipe = { data: 'mnist', size: 12, batch: 16, limit: 320, epochs: 1 };
const document = tinyDocument();
const events: TrainingEvent[] = [];
let folder = '';

async function train(given: Record<string, number | string>) {
  const told: TrainingEvent[] = [];
  const result = await runTraining(
    { document, recipe: given, engine: 'portable', runsHome },
    control,
    (event) => told.push(event),
  );
  return { told, folder: result.run };
}

beforeAll(async () => {
  const done = await train({ ...recipe, observeEvery: 5 });
  events.push(...done.told);
  folder = done.folder;
});

test('a run keeps what it told of its layers, by the paths of its drawing', async () => {
  const { looks, next } = await telemetryPage(folder, 0);
  const told = events.flatMap((event) => (event.type === 'telemetry' ? [event.look] : []));
  expect(looks).toEqual(told);
  expect(looks[0]?.step).toBe(0);
  const network = networkOf(readDocument(document, 'tiny', isKnownType));
  expect(Object.keys(looks[0]?.activations ?? {})).toEqual(['conv2d', 'globalAvgPool', 'dense']);
  expect(Object.keys(looks[0]?.weights ?? {})).toEqual([
    'conv2d/kernel',
    'conv2d/bias',
    'dense/kernel',
    'dense/bias',
  ]);
  expect(Object.keys(looks[0]?.layerMs ?? {})).toEqual(network.layers.map(({ path }) => path));
  expect(await telemetryPage(folder, next ?? 0)).toEqual({ looks: [], next: null });
});

test('the call answers it page by page, and what a file lacks comes from the training itself', async () => {
  const later: Look = { step: 99, epoch: 0, activations: {}, weights: {} };
  const active = { looksAfter: () => [later] } as never;
  const { 'runs.telemetry': call } = createTelemetryHandlers({ runsHome }, () => active);
  const run = basename(folder);
  const first = await call({ run, from: 0 }, {} as never);
  expect(first.looks.length).toBeGreaterThan(1);
  expect(await call({ run, from: first.next ?? 0 }, {} as never)).toEqual({ looks: [later], next: null });
});

test('a torn or damaged line is passed over', async () => {
  const file = join(folder, 'telemetry.jsonl');
  const { looks } = await telemetryPage(folder, 0);
  appendFileSync(
    file,
    `{"step":"x"}\nnonsense\n${JSON.stringify({ ...looks[0], step: 50 })}\n{"step":51,"epo`,
  );
  const again = await telemetryPage(folder, 0);
  expect(again.looks.map(({ step }) => step)).toEqual([...looks.map(({ step }) => step), 50]);
});

test('where nobody looks, there is no file, and the weights are the same', async () => {
  const blind = await train({ ...recipe, observeEvery: 0 });
  expect(existsSync(join(blind.folder, 'telemetry.jsonl'))).toBe(false);
  expect(await telemetryPage(blind.folder, 0)).toEqual({ looks: [], next: null });
  const [seen, unseen] = await Promise.all(
    [folder, blind.folder].map((of) => openRun(dirname(of), basename(of)).weights()),
  );
  expect([...(unseen ?? [])]).toEqual([...(seen ?? [])]);
});
