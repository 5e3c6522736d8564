/** Pictures of what a network shows of its inside, from a real run: node scripts/run-ts.mjs e2e/inside-pictures.ts FOLDER */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { removeHome, startHost } from './host.ts';
import { Stemma } from './stemma.ts';

const [folder = 'inside'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

async function take(page: Page, name: string): Promise<void> {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(300);
      await page.getByRole('region', { name: 'Inside the network' }).scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(folder, `${name}-${size.width}-${colorScheme}.png`) });
    }
  }
}

/** A run that is over, so that nothing hangs on how fast this machine is now. */
const home = mkdtempSync(join(tmpdir(), 'stemma-inside-'));
const small = ['--size', '12', '--batch', '32', '--limit', '640', '--epochs', '2', '--observe-every', '4'];
spawnSync(
  process.execPath,
  [
    ...['bin/stemma.mjs', 'train', 'resnet20-cifar', '--data', 'mnist', '--engine', 'portable', ...small],
    ...['--set', 'stages=[[2,8],[2,16],[2,16]]', ...process.argv.slice(3)],
  ],
  { env: { ...process.env, STEMMA_HOME: home }, stdio: 'inherit' },
);
const host = await startHost(home);
const browser = await chromium.launch(await findBrowser());
try {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(60_000);
  const stemma = new Stemma(page);
  await page.goto(host.url);
  await page.getByRole('tab', { name: 'Runs' }).waitFor();
  await stemma.skipTour();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByTestId('run-list').getByText('ResNet-20').click();
  const inside = page.getByRole('region', { name: 'Inside the network' });
  await inside.getByRole('button', { name: /stage2/ }).click();
  await inside.getByRole('img', { name: 'Map 1', exact: true }).waitFor();
  await take(page, 'node');
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const name of ['Mean', 'Dead units', 'Update ratio', 'Time']) {
    await inside.getByRole('button', { name, exact: true }).click();
    await inside.screenshot({ path: join(folder, `measure-${name.replace(' ', '-')}.png`) });
  }
  await page.screenshot({ path: join(folder, 'run.png') });
} finally {
  await browser.close();
  await host.stop();
  removeHome(host.home);
}
