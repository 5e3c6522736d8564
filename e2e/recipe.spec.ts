/** The recipe's folded groups: what is set shows when folded, what does not fit is mended with a click. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Stemma, test } from './stemma.ts';

/** A folder for pictures to look at; without one none are taken. */
const pictures = process.env.STEMMA_PICTURES;

async function look({ page }: Stemma, name: string): Promise<void> {
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join('; ')}`),
  ).toEqual([]);
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(pictures, `${name}-${size.width}-${colorScheme}.png`) });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('fields in groups: told when folded, advised on, mended, seen in the preview', async ({ stemma }) => {
  const { page } = stemma;
  await stemma.command('New: ResNet-18');
  await page.getByRole('tab', { name: 'Train' }).click();
  const panel = page.getByRole('complementary', { name: 'Recipe' });
  const grid = page.getByTestId('preview-grid');
  await expect(grid.getByRole('listitem')).toHaveCount(24);
  await expect(page.getByRole('button', { name: 'Several draws' })).toHaveCount(0);

  await panel.getByText('Picture changes').click();
  await panel.getByRole('switch', { name: 'Flip' }).click();
  const advice = panel.getByRole('list', { name: 'Before you start it' });
  await expect(advice).toContainText('mirrored digit');
  await panel.getByLabel('Move by up to', { exact: true }).fill('3');
  await panel.getByLabel('Cut-out side', { exact: true }).fill('10');
  await panel.getByLabel('Mixup', { exact: true }).fill('0.4');
  await panel.getByLabel('Mixup', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Several draws' }).click();
  await expect(grid).toHaveClass(/in-rows/);
  await expect(grid.getByRole('listitem')).toHaveCount(24);
  await expect(panel.getByText('Blends each picture, and its label, with another')).toBeVisible();
  await panel.getByLabel('Mixup', { exact: true }).scrollIntoViewIfNeeded();
  await look(stemma, 'changes');

  await advice.getByRole('button', { name: 'Turn flip off' }).click();
  await expect(advice).toHaveCount(0);
  await panel.getByText('Picture changes').click();
  await expect(panel.getByText('move by up to 3, cut-out side 10, mixup 0.4')).toBeVisible();

  await panel.getByText('Stopping and keeping').click();
  await panel.getByText('More', { exact: true }).click();
  await panel.getByLabel('Held out', { exact: true }).fill('0');
  await panel.getByLabel('Stop early after', { exact: true }).fill('3');
  await panel.getByLabel('Stop early after', { exact: true }).press('Enter');
  const checks = panel.getByRole('list', { name: 'Before it can start' });
  await expect(checks).toContainText('Stopping early goes by the loss on pictures that are held out');
  await panel.getByText('More', { exact: true }).click();
  await panel.getByText('Regularisation').click();
  await look(stemma, 'stopping');
  await checks.getByRole('button', { name: 'Hold out a tenth' }).click();
  await expect(checks).toHaveCount(0);
});
