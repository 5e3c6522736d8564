/**
 * `npm run bench -- charts [STEPS]`: the curves of a run of a million steps in a real browser, zoomed and pointed at.
 * Software rendering on a machine without a GPU: the frames of an empty page and the work in a frame stand beside it.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { removeHome, startHost } from '../e2e/host.ts';
import { findBrowser } from '../scripts/browser.mjs';
import { writeDocument } from '../src/document/file.ts';
import { RUN_VERSION } from '../src/runs/record.ts';
import { findTemplate } from '../src/templates/index.ts';
import type { Metric } from '../src/training/metric.ts';
import { framesWhile } from './frames.ts';
import { tell } from './measure.ts';

const steps = Number(process.argv[2] ?? 1_000_000);
const STEPS_PER_EPOCH = 2000;

function* metrics(): Generator<Metric> {
  for (let step = 0; step < steps; step++) {
    const epoch = Math.floor(step / STEPS_PER_EPOCH);
    const noise = Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1;
    const loss = 2.3 * Math.exp(-step / (steps / 6)) + 0.2 + 0.3 * noise;
    const accuracy = Math.min(1, 1 - loss / 3 + 0.1 * noise);
    const durationMs = 20 + 5 * noise;
    yield {
      kind: 'step',
      step,
      epoch,
      loss,
      accuracy,
      learningRate: 0.1,
      durationMs,
      rssBytes: 5e8 + 1e6 * noise,
    };
    if ((step + 1) % STEPS_PER_EPOCH === 0)
      yield {
        ...{ kind: 'epoch', epoch, step, loss, accuracy },
        ...{ validationLoss: loss * 1.1, validationAccuracy: accuracy * 0.98 },
      };
  }
}

function makeRun(home: string): void {
  const id = '2026-01-01-000000-a-million-0000';
  const folder = join(home, 'runs', id);
  mkdirSync(folder, { recursive: true });
  const document = findTemplate('resnet18').build({
    input: [32, 32, 1],
    classes: 10,
    flavour: 'd2l',
    set: {},
  });
  writeFileSync(join(folder, 'document.stemma'), writeDocument(document));
  const record = {
    ...{ formatVersion: RUN_VERSION, id, title: 'A million', createdAt: '2026-01-01T00:00:00.000Z' },
    ...{
      state: 'finished',
      reason: '',
      recipe: { batch: 32, data: 'mnist' },
      environment: {},
      summary: { steps },
    },
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  let lines: string[] = [];
  const file = join(folder, 'metrics.jsonl');
  for (const metric of metrics()) {
    lines.push(JSON.stringify(metric));
    if (lines.length < 50_000) continue;
    writeFileSync(file, `${lines.join('\n')}\n`, { flag: 'a' });
    lines = [];
  }
  if (lines.length > 0) writeFileSync(file, `${lines.join('\n')}\n`, { flag: 'a' });
}

/** What scripts do in each frame, painting left out. */
async function watchWork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const work: number[] = [];
    Object.assign(window, { work });
    const original = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      original((now) => {
        const begun = performance.now();
        callback(now);
        work.push(performance.now() - begun);
      });
  });
}

async function measure(page: Page, name: string, action: () => Promise<void>): Promise<void> {
  await page.evaluate(() => (window as unknown as { work: number[] }).work.splice(0));
  const frames = await framesWhile(page, action);
  // The frame counter's own callbacks do next to nothing.
  const work = await page.evaluate(() =>
    (window as unknown as { work: number[] }).work.filter((ms) => ms > 0.3),
  );
  const drawn = work.length;
  console.log(`${name}: ${frames.length} frames, ${drawn} of them drawn`);
  tell('  a frame', 16.7, frames);
  tell('  a frame', 16.7, frames, 0.95);
  if (drawn === 0) return;
  tell('  work of scripts in a drawn frame', 16.7, work);
  tell('  work of scripts in a drawn frame', 16.7, work, 0.95);
}

const home = mkdtempSync(join(tmpdir(), 'stemma-charts-'));
makeRun(home);
const host = await startHost(home);
const browser = await chromium.launch({ ...(await findBrowser()) });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await watchWork(page);
  await page.goto('about:blank');
  await measure(page, 'an empty page, for comparison', () => page.waitForTimeout(1000));
  await page.goto(host.url);
  await page.getByRole('button', { name: 'Skip' }).click({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  const begun = performance.now();
  const key = page.getByTestId('loss-chart').locator('.u-over');
  await key.waitFor({ timeout: 600_000 });
  await page.waitForFunction(
    (wanted) => {
      const total = document.querySelector<HTMLElement>('[data-testid="loss-chart"]')?.dataset.points;
      return Number(total) >= wanted;
    },
    steps,
    { timeout: 600_000 },
  );
  console.log(`${steps} steps are in the page after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await key.scrollIntoViewIfNeeded();
  const box = (await key.boundingBox()) as { x: number; y: number; width: number; height: number };
  const at = { x: box.x + box.width * 0.4, y: box.y + box.height / 2 };
  await measure(page, 'pointing along the curves', async () => {
    for (let i = 0; i < 120; i++) await page.mouse.move(box.x + (box.width * (i % 60)) / 60, at.y);
  });
  await page.mouse.move(at.x, at.y);
  await page.keyboard.down('Control');
  await measure(page, 'zooming in and out by the wheel', async () => {
    for (let i = 0; i < 120; i++) await page.mouse.wheel(0, i % 60 < 30 ? -100 : 100);
  });
  await page.keyboard.up('Control');
  const memory = await page.evaluate(
    () => (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize,
  );
  if (memory !== undefined) console.log(`memory of the page: ${(memory / 1e6).toFixed(0)} MB`);
} finally {
  await browser.close();
  await host.stop();
  removeHome(home);
}
