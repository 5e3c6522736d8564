/**
 * `npm run screenshots [FOLDER]`: pictures of the application in its states, in both sizes and themes, from a real run
 * on MNIST. Without a folder only the README's two are written, to docs/pictures.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { engineStates } from './engine-pictures.ts';
import { removeHome, startHost } from './host.ts';
import { expect, Stemma } from './stemma.ts';

const [folder] = process.argv.slice(2);
const forReadme: Readonly<Record<string, string>> = {
  'resnet-18-1440-light': 'design',
  'training-1440-dark': 'training',
};
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const themes = ['light', 'dark'] as const;

const out = folder ?? 'docs/pictures';
mkdirSync(out, { recursive: true });

/** The page as it is, in every size and theme. Nothing is clicked: states that pass (a dragged wire) stay. */
async function take(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      const called = `${name}-${size.width}-${theme}`;
      const known = forReadme[called];
      if (folder === undefined && known === undefined) continue;
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(out, `${folder === undefined ? known : called}.png`) });
    }
  }
  await page.setViewportSize(sizes[0] as (typeof sizes)[number]);
}

const host = await startHost();
const browser = await chromium.launch(await findBrowser());
try {
  const page = await browser.newPage({ viewport: sizes[0] as (typeof sizes)[number] });
  const stemma = new Stemma(page);
  await stemma.open(host.url, { tour: true });
  await page.getByRole('button', { name: 'Skip' }).waitFor();
  await take(page, 'tour');
  await stemma.skipTour();
  // What a machine lacks is shown below, the same on each.
  await stemma.dismissOffer();
  await take(page, 'empty');
  await stemma.command('New from template');
  await page.getByRole('dialog').waitFor();
  await take(page, 'gallery');
  await page.keyboard.press('Escape');

  await page.getByTestId('welcome-resnet18').click();
  await stemma.node('stage4').waitFor();
  await stemma.node('stage2').click();
  await take(page, 'resnet-18');
  await stemma.node('stage2').dblclick();
  await stemma.command('Zoom to fit');
  await take(page, 'opened');
  await stemma.command('Close all opened in place');
  await stemma.command('Zoom to fit');

  await stemma.command('Select nothing');
  await stemma.command('Add a block');
  await page.getByRole('dialog').getByRole('combobox').fill('add');
  await page.keyboard.press('Enter');
  await stemma.node('add').waitFor();
  await stemma.drag(stemma.port('stage1', 'out'), stemma.port('add', 'a'));
  await stemma.drag(stemma.port('stage3', 'out'), stemma.port('add', 'b'), () => take(page, 'dragging'));
  await stemma
    .node('add')
    .getByRole('button', { name: /error.*show/ })
    .click();
  await take(page, 'misfit');
  await page.keyboard.press('Escape');
  for (let i = 0; i < 3; i++) await stemma.command('Undo');

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByTestId('train-progress')).toContainText(/Step [1-9]/, { timeout: 60_000 });
  await take(page, 'training-start');
  await expect(page.getByTestId('train-progress')).toContainText(/Step [6-8]\d/, { timeout: 120_000 });
  await take(page, 'training');
  await expect(page.getByText(/finished/i).first()).toBeVisible({ timeout: 180_000 });
  await take(page, 'training-end');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByTestId('run-list').waitFor();
  await take(page, 'run');
  const another = await browser.newPage({ viewport: sizes[0] as (typeof sizes)[number] });
  const empty = await startHost();
  try {
    await engineStates(another, empty.url, (name) => take(another, name));
  } finally {
    await empty.stop();
    removeHome(empty.home);
  }
} finally {
  await browser.close();
  await host.stop();
  removeHome(host.home);
}
