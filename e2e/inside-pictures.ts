/** Pictures of what a network shows of its inside, from a real run: node scripts/run-ts.mjs e2e/inside-pictures.ts FOLDER */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { removeHome, startHost } from './host.ts';
import { expect, Stemma } from './stemma.ts';

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

const host = await startHost();
const browser = await chromium.launch(await findBrowser());
try {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  const stemma = new Stemma(page);
  await stemma.open(host.url);
  await stemma.dismissOffer();
  await stemma.command('New: ResNet-20 (CIFAR)');
  await stemma.node('stage2').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const inside = page.getByRole('region', { name: 'Inside the network' });
  await expect(inside.getByRole('button', { name: /stage2/ })).toBeVisible({ timeout: 120_000 });
  await take(page, 'live');
  await inside.getByRole('button', { name: /stage2/ }).click();
  await expect(inside.getByTestId('inside-detail')).toBeVisible();
  await expect(inside.getByText(/[3-9] looks/)).toBeVisible({ timeout: 120_000 });
  await take(page, 'node');
  for (const name of ['Mean', 'Dead units', 'Update ratio', 'Time']) {
    await inside.getByRole('button', { name, exact: true }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    await inside.screenshot({ path: join(folder, `measure-${name.replace(' ', '-')}.png`) });
  }
} finally {
  await browser.close();
  await host.stop();
  removeHome(host.home);
}
