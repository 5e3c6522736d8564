/** The live view of a real training: curves, judgement, the queue, and what a run can be told afterwards. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tinyDocument } from '../src/services/tiny-document.ts';
import { checkAxe } from './accessible.ts';
import { expect, type Stemma, test } from './stemma.ts';

test.setTimeout(300_000);

/** Trains in seconds on any engine; long enough to be paused. */
const recipe = { data: 'mnist', size: 12, batch: 32, limit: 640, epochs: 30, validation: 0.2 };
const STEPS = 30 * 16;

async function openTiny(stemma: Stemma, home: string): Promise<void> {
  const { page } = stemma;
  const documents = join(home, 'documents');
  mkdirSync(documents, { recursive: true });
  writeFileSync(join(documents, 'tiny.stemma'), JSON.stringify({ ...JSON.parse(tinyDocument()), recipe }));
  await page.keyboard.press('Control+o');
  await page.getByRole('button', { name: /tiny\.stemma/ }).click();
  await stemma.node('output').waitFor();
  await page.getByRole('tab', { name: 'Train' }).click();
}

test('curves, pictures behind the figures, the queue', async ({ stemma, host }) => {
  const { page } = stemma;
  await openTiny(stemma, host.home);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const progress = page.getByTestId('train-progress');
  await progress.getByRole('button', { name: 'Pause' }).click({ timeout: 90_000 });
  await expect(progress.getByRole('status')).toHaveText('Paused', { timeout: 60_000 });

  // What waits: added, moved by keyboard, held, removed.
  const rows = page.getByTestId('queue-row');
  await page.getByRole('button', { name: 'Queue', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await stemma.command('New: ResNet-34');
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Queue', exact: true }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Move ResNet-34 up' }).press('Enter');
  await expect(rows.first()).toContainText('ResNet-34');
  await page.getByRole('button', { name: 'Hold' }).click();
  await expect(page.getByTestId('queue')).toContainText('Held');
  await page.getByRole('button', { name: 'Remove ResNet-34' }).click();
  await expect(rows).toHaveCount(1);
  await page.reload();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove Tiny' }).click();
  await expect(page.getByTestId('queue')).toHaveCount(0);

  await progress.getByRole('button', { name: 'Resume' }).click();
  await expect(progress.getByRole('status')).toHaveText('Finished', { timeout: 240_000 });

  // A part of the curves, by keyboard and by dragging; the charts beside move along.
  const chart = page.getByTestId('loss-chart');
  const all = page.getByRole('button', { name: 'Show all' });
  await chart.getByRole('application').press('+');
  await expect(all).toBeVisible();
  await chart.getByRole('application').press('0');
  await expect(all).toHaveCount(0);
  const box = await chart.locator('.u-over').boundingBox();
  if (!box) throw new Error('The chart is not to be seen.');
  await page.mouse.move(box.x + 40, box.y + 40);
  await expect(page.getByTestId('accuracy-chart').locator('.chart-step')).toContainText(/step \d/);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(all).toBeVisible();
  await page.mouse.dblclick(box.x + 60, box.y + 40);
  await expect(all).toHaveCount(0);
  await page.getByRole('group', { name: 'Along the axis' }).getByRole('button', { name: 'Time' }).click();

  // As files.
  const saved = async (entry: string) => {
    await page.getByRole('button', { name: 'Save or copy loss' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    return readFileSync(await (await download).path());
  };
  const csv = `${await saved('Save figures as CSV')}`;
  expect(csv.split('\n')[0]).toBe('step,epoch,seconds,each batch,training,held out');
  expect(csv.trim().split('\n')).toHaveLength(STEPS + 1);
  expect(`${await saved('Save as SVG')}`).toContain('<title>Loss</title>');
  expect((await saved('Save as PNG')).subarray(1, 4).toString()).toBe('PNG');

  // From a cell of the matrix to its pictures.
  const answered = page.getByTestId('answered');
  const cell = page.getByTestId('confusion').locator('td.wrong button:not(:empty)').first();
  const count = Number(await cell.textContent());
  await cell.click();
  await expect(answered.getByRole('heading')).toContainText('taken for');
  await expect(answered.getByRole('listitem')).toHaveCount(Math.min(24, count));
  await answered.getByRole('button', { name: 'Least sure' }).click();
  await expect(answered.getByRole('listitem')).toHaveCount(24);
  await answered.getByRole('button', { name: 'Show more' }).click();
  await expect(answered.getByRole('listitem')).toHaveCount(48);
  await expect(page.getByTestId('class-table').getByRole('row')).toHaveCount(12);
  const slider = page.getByRole('slider', { name: 'Look back at earlier answers' });
  await slider.press('Home');
  await expect(page.getByRole('region', { name: 'Sample answers' })).toContainText('step 0');
  for (const theme of ['light', 'dark']) {
    await stemma.command(`Theme: ${theme}`);
    await checkAxe(page, 'the view');
  }

  // A person's words about the run.
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Rename the run' }).click();
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('The first');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('textbox', { name: 'New tag' }).fill('thesis');
  await page.keyboard.press('Enter');
  const list = page.getByTestId('run-list');
  await expect(list).toContainText('The first');
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('thesis');
  await expect(list.getByRole('row')).toHaveCount(2);
  await checkAxe(page, 'the view');
});
