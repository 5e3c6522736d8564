/** The window: a real browser over the web host. Software rendering on a machine without a GPU: read it as such. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { removeHome, startHost } from '../e2e/host.ts';
import { findBrowser } from '../scripts/browser.mjs';
import { writeDocument } from '../src/document/file.ts';
import { findTemplate } from '../src/templates/index.ts';
import { large } from './drawings.ts';
import { framesWhile } from './frames.ts';
import { tell } from './measure.ts';

const ROUNDS = 5;

async function measureStart(browser: Browser, url: string): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('.react-flow__pane').waitFor();
    times.push(
      await page.evaluate(
        () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now()))),
      ),
    );
    await context.close();
  }
  tell('the page is asked for → the canvas can be edited', 1000, times);
}

/** An empty page beside it, so that what the renderer itself takes is known. */
async function measureIdle(page: Page): Promise<void> {
  await page.goto('about:blank');
  const frames = await framesWhile(page, async () => page.waitForTimeout(1000));
  tell('frames of an empty page, for comparison', 16.7, frames, 0.95);
}

async function measureMotion(page: Page): Promise<void> {
  const box = (await page.locator('.react-flow__pane').boundingBox()) as {
    x: number;
    y: number;
    width: number;
    height: number;
  };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const sweep = async () => {
    for (let i = 0; i < 90; i++)
      await page.mouse.move(middle.x + 200 * Math.sin(i / 9), middle.y + 120 * Math.cos(i / 7));
  };
  const pan = await framesWhile(page, async () => {
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down({ button: 'middle' });
    await sweep();
    await page.mouse.up({ button: 'middle' });
  });
  tell('1,000 nodes, all in view: frames while panning', 16.7, pan, 0.95);
  await page.keyboard.press('Control+0');
  await page.waitForTimeout(500);
  // One in the middle of what is seen.
  const at = await page.evaluate(({ x, y }) => {
    const apart = (box: DOMRect) => Math.abs(box.x - x) + Math.abs(box.y - y);
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((n) => n.getBoundingClientRect());
    const [nearest] = boxes.sort((a, b) => apart(a) - apart(b));
    return { x: nearest?.x ?? x, y: nearest?.y ?? y };
  }, middle);
  const drag = await framesWhile(page, async () => {
    await page.mouse.move(at.x + 60, at.y + 20);
    await page.mouse.down();
    await sweep();
    await page.mouse.up();
  });
  tell('1,000 nodes: frames while a node is dragged at actual size', 16.7, drag, 0.95);
}

/** From a key to the frame that shows it, by the Event Timing API (durations are rounded to 8 ms there). */
async function measureInput(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Design' }).click();
  await page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { delays });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') delays.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.getByTestId('node-stage2').click();
  const presses = 120;
  for (let i = 0; i < presses; i++) await page.keyboard.press(i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
  await page.waitForTimeout(300);
  const slow = await page.evaluate(() => (window as unknown as { delays: number[] }).delays);
  // What took less than 16 ms is not reported one by one.
  const all = [...slow, ...Array.from({ length: Math.max(0, presses - slow.length) }, () => 16)];
  tell('a key while training → its frame', 50, all, 0.99);
}

async function measureWindow(): Promise<void> {
  const host = await startHost();
  const documents = join(host.home, 'documents');
  mkdirSync(documents, { recursive: true });
  writeFileSync(join(documents, 'large.stemma'), writeDocument(large(1000)));
  const small = findTemplate('resnet18').build({
    input: [32, 32, 1],
    classes: 10,
    flavour: 'd2l',
    set: {},
  });
  writeFileSync(
    join(documents, 'small.stemma'),
    writeDocument({ ...small, recipe: { data: 'mnist', size: 32, batch: 32, limit: 3200 } }),
  );
  const browser = await chromium.launch(await findBrowser());
  try {
    await measureStart(browser, host.url);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await measureIdle(page);
    await page.goto(host.url);
    await page.getByRole('button', { name: 'Skip' }).click();
    const open = async (name: string) => {
      await page.keyboard.press('Control+o');
      await page.getByRole('button', { name }).click();
      // What was dragged before is not saved.
      const leave = page.getByRole('button', { name: 'Do not save' });
      await leave.click({ timeout: 2000 }).catch(() => {});
      await page.locator('.react-flow__node').first().waitFor();
    };
    await open('large.stemma');
    await measureMotion(page);
    await open('small.stemma');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByTestId('train-progress').waitFor();
    await page.waitForTimeout(4000);
    await measureInput(page);
  } finally {
    await browser.close();
    await host.stop();
    removeHome(host.home);
  }
}
await measureWindow();
