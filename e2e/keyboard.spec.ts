/** A small network without a pointer: added, connected, configured, removed. */
import { expect, test } from './stemma.ts';

test('a network of five nodes by keyboard alone', async ({ stemma }) => {
  const { page } = stemma;
  const add = async (title: string) => {
    await stemma.command('Add a block');
    await page.getByRole('dialog').getByRole('combobox').fill(title);
    await page.keyboard.press('Enter');
  };
  await add('Input');
  await expect(stemma.node('input')).toBeVisible();
  // What is added with a node selected follows it.
  await add('Convolution');
  await expect(stemma.node('conv2d')).toBeVisible();
  await add('Global average');
  await add('Dense');
  await add('Output');
  // What is out of sight is not in the page.
  await stemma.command('Zoom to fit');
  await expect(page.locator('[data-testid^="node-"]')).toHaveCount(5);

  for (const to of ['conv2d', 'globalAvgPool', 'dense', 'output'])
    await expect(page.getByTestId(`wire-${to}-in`)).toBeVisible();

  // Configure: the dense layer gets ten units.
  await stemma.command('Go to dense');
  await expect(stemma.node('dense')).toBeFocused();
  await page.keyboard.press('i');
  const units = page.getByLabel('Units', { exact: true });
  await expect(page.locator('aside :focus')).toBeVisible();
  const isThere = () => units.evaluate((field) => field === document.activeElement);
  for (let i = 0; i < 8 && !(await isThere()); i++) await page.keyboard.press('Tab');
  expect(await isThere()).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('wire-output-in')).toHaveText('7');

  // Remove, which leaves what followed without a wire; then connect by name.
  await stemma.command('Go to globalAvgPool');
  await expect(stemma.node('globalAvgPool')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(stemma.node('globalAvgPool')).toHaveCount(0);
  await expect(page.getByTestId('wire-dense-in')).toHaveCount(0);
  await stemma.command('Go to conv2d');
  await stemma.command('Connect');
  await page.getByRole('dialog').getByRole('combobox').fill('dense');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('wire-dense-in')).toBeVisible();
  for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
  await expect(stemma.node('globalAvgPool')).toBeVisible();
  await expect(page.getByTestId('wire-globalAvgPool-in')).toBeVisible();
});
