/** A person adds pictures of their own, and the drawing is fitted to them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { layPictures } from './own-pictures.ts';
import { expect, test } from './stemma.ts';

test('own pictures: added by path, shown with what was left out, used, removed', async ({
  page,
  stemma,
  host,
}) => {
  const folder = join(host.home, 'shapes');
  await layPictures(folder, 20);
  await page.getByTestId('welcome-resnet18').click();
  await stemma.node('stage4').waitFor();
  await stemma.dismissOffer();
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Add your own pictures…' }).click();
  const dialog = page.getByRole('dialog');

  const path = dialog.getByLabel('Path of the folder or the CSV on this machine');
  await path.fill(join(host.home, 'nowhere'));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('there is nothing');
  await path.fill(folder);
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Name').fill('Shapes');
  await dialog.getByLabel('Whole, with black around').check();
  await dialog.getByRole('button', { name: 'Add these pictures' }).click();
  await expect(dialog.getByText('3 classes;')).toContainText(
    '48 pictures to train, 6 for validation, 6 for the test',
  );
  await expect(dialog.getByText('2 left out')).toBeVisible();
  await expect(dialog.getByText('circles/holiday.png')).toBeVisible();
  await expect(dialog.locator('.data-pictures figure')).toHaveCount(12);
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Use these pictures' }).click();

  await expect(page.getByRole('combobox', { name: /^Data/ })).toHaveValue('own:shapes');
  const checks = page.getByRole('list', { name: 'Before it can start' });
  await expect(checks).toContainText('the data has 3 classes');
  await checks.getByRole('button').first().click();
  await expect(checks).not.toContainText('the data has 3 classes');
  await checks.getByRole('button', { name: /^Resize the input to \d+ × \d+ × 3$/ }).click();
  await expect(checks).toBeHidden();
  await expect(page.getByTestId('preview-grid')).toBeVisible();

  await page.getByRole('button', { name: 'What is in it…' }).click();
  await page.getByRole('button', { name: 'Remove from the list…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(checks).toContainText("no data set 'own:shapes'");
});

test('a CSV: the guessed columns can be put right', async ({ page, stemma, host }) => {
  const folder = join(host.home, 'shapes');
  await layPictures(folder, 4);
  mkdirSync(folder, { recursive: true });
  const rows = ['circles', 'squares'].flatMap((name) =>
    [0, 1, 2, 3].map((i) => `${name}/00${i}.${['png', 'jpg', 'webp', 'png'][i]},same,${name}`),
  );
  writeFileSync(join(folder, 'list.csv'), ['file,note,kind', ...rows].join('\n'));
  await stemma.page.getByTestId('welcome-resnet18').click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Add your own pictures…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path of the folder or the CSV on this machine').fill(join(folder, 'list.csv'));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Add these pictures' }).click();
  await expect(dialog.getByRole('alert')).toContainText("of one class only, 'same'");
  await dialog.getByLabel('Labels').selectOption('kind');
  await dialog.getByRole('button', { name: 'Add these pictures' }).click();
  await expect(dialog.getByText('2 classes;')).toBeVisible();
});
