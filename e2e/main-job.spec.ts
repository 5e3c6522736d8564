/** The whole main job: template → break by dragging → read → fix → train on MNIST → watch → export → reload. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './stemma.ts';

test('from a template to an export that is verified, and back', async ({ stemma, host }) => {
  test.setTimeout(300_000);
  const { page } = stemma;
  await page.getByTestId('welcome-resnet18').click();
  await expect(page.getByTestId('wire-head-in')).toHaveText(/×512$/);

  // Break it by dragging: a join of two shapes. The port says so before the wire is dropped.
  await stemma.command('Select nothing');
  await stemma.command('Add a block');
  await page.getByRole('dialog').getByRole('combobox').fill('add');
  await page.keyboard.press('Enter');
  await stemma.drag(stemma.port('stage1', 'out'), stemma.port('add', 'a'));
  await stemma.drag(stemma.port('stage2', 'out'), stemma.port('add', 'b'), async () => {
    await expect(stemma.port('add', 'b')).toHaveAttribute('data-verdict', 'misfits');
  });
  await stemma
    .node('add')
    .getByRole('button', { name: /error.*show/ })
    .click();
  await expect(page.getByText(/joins different shapes: expected \[8, 8, 64\]/).first()).toBeVisible();
  await page
    .getByRole('dialog', { name: 'Problems' })
    .getByRole('button', { name: /1×1 convolution/ })
    .click();
  await stemma.drag(stemma.port('add', 'out'), stemma.port('stage3', 'in'));
  await expect(page.getByText('No problems').first()).toBeVisible();

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByTestId('train-progress')).toBeVisible({ timeout: 30_000 });
  // Real pictures, with answers, before the first step.
  await expect(page.getByTestId('sample-grid')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('loss-chart')).toBeVisible();

  // Editing goes on; the drawing that is trained is another one then.
  await page.getByRole('tab', { name: 'Design' }).click();
  await stemma.command('Make plain');
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(page.getByText(/drawing has changed since this run/i).last()).toBeVisible();

  // The page may close and come back.
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').getByRole('textbox').fill('mine');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved mine.stemma.')).toBeVisible();
  await page.reload();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(page.getByTestId('train-progress')).toBeVisible();

  await expect(page.getByText(/finished/i).first()).toBeVisible({ timeout: 180_000 });
  await expect(page.getByTestId('confusion')).toBeVisible();

  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(page.getByTestId('run-list')).toContainText('ResNet-18');
  await page
    .getByRole('button', { name: /^Export/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('LayersModel').first().click();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByText(/largest difference/)).toBeVisible({ timeout: 60_000 });
  const exported = readdirSync(join(host.home, 'documents', 'exports'));
  expect(exported).toHaveLength(1);
  const folder = join(host.home, 'documents', 'exports', exported[0] as string);
  expect(existsSync(join(folder, 'model.json'))).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))).toHaveProperty('modelTopology');

  // Another day: the run, its curves and its export are still there, and so is the drawing.
  await page.reload();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByTestId('run-list').getByText('ResNet-18').click();
  await expect(page.getByTestId('loss-chart')).toBeVisible();
  await expect(page.getByText(/largest difference/).first()).toBeVisible();
  await page.keyboard.press('Control+o');
  await page.getByRole('button', { name: /mine\.stemma/ }).click();
  await expect(stemma.node('stage2')).toBeVisible();
});

test('pause, resume and stop keep what was learned; a run can be opened again', async ({ stemma }) => {
  const { page } = stemma;
  await page.getByTestId('welcome-resnet18').click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByTestId('train-progress')).toContainText(/Step [1-9]/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/paused/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText(/stopped/i).first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(page.getByTestId('run-list')).toContainText(/stopped/i);
  await expect(page.getByTestId('loss-chart')).toBeVisible();
});
