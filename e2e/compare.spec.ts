/** Runs and drawings side by side, from stored runs to files that are saved. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeDocument } from '../src/document/file.ts';
import { findTemplate } from '../src/templates/index.ts';
import { defaultOptions } from '../src/templates/template.ts';
import { checkAxe } from './accessible.ts';
import { seedRuns, someRuns } from './seed-runs.ts';
import { expect, type Stemma, test } from './stemma.ts';

/** What is saved stays in the page: a browser of one process may not outlive its downloads. */
const keepSaved = (page: Page) =>
  page.evaluate(() => {
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      const url = make(blob);
      blobs.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      void blobs
        .get(this.href)
        ?.text()
        .then((text) => {
          document.documentElement.dataset.saved = text;
        });
    };
  });

async function savedText(page: Page): Promise<string> {
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-saved', /./);
  return (await root.getAttribute('data-saved')) ?? '';
}

async function openRuns({ page }: Stemma): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByTestId('run-list').waitFor();
}

const tick = (page: Page, title: string) =>
  page.getByRole('checkbox', { name: `Compare ${title}`, exact: true }).click();

test('several runs: curves, tables, files', async ({ stemma, host }) => {
  const { page } = stemma;
  await seedRuns(host.home, someRuns);
  await openRuns(stemma);
  await tick(page, 'ResNet-18');
  await tick(page, 'ResNet-18, plain');
  await page.getByRole('button', { name: 'Compare 2' }).click();
  const loss = page.getByTestId('compare-loss');
  await expect(loss).toContainText('ResNet-18, plain, held out');
  await page.getByRole('button', { name: 'Add a run' }).click();
  await page.getByRole('menuitem', { name: /^ResNet-34/ }).click();
  await expect(loss).toContainText('ResNet-34');
  await page.getByRole('button', { name: 'Training', exact: true }).click();
  await expect(loss).not.toContainText('held out');
  await page.getByRole('button', { name: 'Epoch', exact: true }).click();
  await checkAxe(page, 'curves');

  await page.getByRole('tab', { name: 'Tables' }).click();
  const results = page.getByTestId('compare-results');
  await expect(results.locator('td.best').first()).toBeVisible();
  await results.getByRole('button', { name: 'Time' }).click();
  await results.getByRole('button', { name: 'Time' }).click();
  await expect(results.locator('tbody tr').first()).toContainText('plain');
  await expect(page.getByTestId('compare-differences')).toContainText('stage1: shortcut');
  await checkAxe(page, 'tables');
  await keepSaved(page);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await savedText(page);
  expect(csv.split('\r\n')).toHaveLength(5);
  expect(csv).toContain('learningRate');
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('| **Results** |');
});

test('two drawings: what changed leads there, by keyboard too', async ({ stemma, host }) => {
  const { page } = stemma;
  const [plainOf] = await seedRuns(host.home, someRuns.slice(0, 2));
  await stemma.command('New: ResNet-18');
  await openRuns(stemma);
  await page.getByTestId('run-list').locator(`tr[data-run="${plainOf}"]`).click();
  const tie = page.getByTestId('drawing-tie');
  await expect(tie).toContainText('has changed since: 1 change.');
  await tie.getByRole('button', { name: 'Show the changes' }).click();
  const changes = page.getByTestId('changes');
  await expect(changes).toContainText('input: shape 32, 32, 1 → 96, 96, 1');
  await page.getByRole('combobox', { name: 'Second drawing' }).selectOption({ label: 'ResNet-50' });
  await expect(changes).toContainText('stage1: count 2 → 3, block basic → bottleneck');
  await changes.getByRole('button').first().press('Enter');
  await expect(page.getByTestId('pane-0').locator('[aria-pressed="true"]')).toHaveCount(1);
  await expect(page.getByTestId('pane-1').locator('[aria-pressed="true"]')).toHaveCount(1);
  const picture = page.getByTestId('pane-0').locator('.pane-picture');
  const other = page.getByTestId('pane-1').locator('.pane-picture');
  const place = async () =>
    [(await picture.boundingBox())?.x, (await other.boundingBox())?.x] as [number, number];
  const before = await place();
  await page.getByTestId('pane-1').press('ArrowRight');
  const after = await place();
  expect(after[0] - before[0]).toBeCloseTo(after[1] - before[1], 3);
  expect(after[0]).toBeLessThan(before[0]);
  await checkAxe(page, 'drawings');
});

test('trade-off: trained and not trained, saved, opened', async ({ stemma, host }) => {
  const { page } = stemma;
  await seedRuns(host.home, someRuns);
  await stemma.command('New: ResNet-18');
  await stemma.command('Trade-off of runs and drawings');
  const scatter = page.getByTestId('scatter');
  const run = scatter.getByRole('button', { name: /^ResNet-34: .*on the front/ });
  await run.focus();
  await expect(scatter).toContainText('587 MB');
  await run.press('ArrowRight');
  await expect(run).not.toBeFocused();
  await expect(scatter.getByRole('button', { name: /^ResNet-152: Test accuracy –/ })).toHaveCount(1);
  await checkAxe(page, 'trade-off');
  await keepSaved(page);
  await page.getByRole('button', { name: 'SVG' }).click();
  const svg = await savedText(page);
  expect(svg).toContain('>ResNet-34<');
  expect(svg).not.toContain('var(');
  await page.getByRole('combobox', { name: 'Across' }).selectOption({ label: 'Time' });
  await run.click();
  await expect(page.getByRole('heading', { name: 'ResNet-34' })).toBeVisible();
});

test('dark: nothing to compare, templates, a file', async ({ stemma, host }) => {
  const { page } = stemma;
  const folder = join(host.home, 'documents');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'mine.stemma'), writeDocument(findTemplate('resnet18').build(defaultOptions)));
  await stemma.command('Theme: dark');
  await stemma.command('Compare runs');
  await expect(page.getByText('Add runs to see their curves')).toBeVisible();
  await checkAxe(page, 'empty');
  await page.getByRole('tab', { name: 'Drawings' }).click();
  await page.getByRole('combobox', { name: 'First drawing' }).selectOption({ label: 'ResNet-18' });
  await page.getByRole('combobox', { name: 'Second drawing' }).selectOption({ label: 'ResNet-34' });
  const changes = page.getByTestId('changes');
  await expect(changes).toContainText('stage1: count 2 → 3');
  await checkAxe(page, 'drawings, dark');
  await page.getByRole('combobox', { name: 'First drawing' }).selectOption({ label: 'mine.stemma' });
  await expect(changes).toContainText('stage4: count 2 → 3');
});
