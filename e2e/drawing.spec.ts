/** Drawing with the pointer: place, wire, break, read, fix, undo. */
import { expect, test } from './stemma.ts';

test.beforeEach(async ({ stemma }) => {
  await stemma.command('New: ResNet-18');
  await expect(stemma.node('stage4')).toBeVisible();
});

test('every wire carries its shape', async ({ stemma }) => {
  for (const [to, shape] of [
    ['stem', '96×96×1'],
    ['stage1', '24×24×64'],
    ['stage2', '24×24×64'],
    ['stage3', '12×12×128'],
    ['stage4', '6×6×256'],
    ['head', '3×3×512'],
    ['output', '10'],
  ] as const)
    await expect(stemma.page.getByTestId(`wire-${to}-in`)).toHaveText(shape);
});

test('a misfit is told on the port before it is dropped, stays red, and is fixed at a click', async ({
  stemma,
}) => {
  const { page } = stemma;
  await page.locator('.react-flow__pane').click({ position: { x: 700, y: 300 } });
  await stemma.command('Add a block');
  await page.getByRole('dialog').getByRole('combobox').fill('add');
  await page.keyboard.press('Enter');
  await expect(stemma.node('add')).toBeVisible();
  await stemma.drag(stemma.port('stage1', 'out'), stemma.port('add', 'a'));
  await stemma.drag(stemma.port('stage2', 'out'), stemma.port('add', 'b'), async () => {
    await expect(stemma.port('add', 'b')).toHaveAttribute('data-verdict', 'misfits');
    await expect(page.getByText(/joins different shapes: expected \[24, 24, 64\]/).first()).toBeVisible();
  });
  // It stays, and says why.
  await stemma
    .node('add')
    .getByRole('button', { name: /error.*show/ })
    .click();
  await expect(page.getByText(/received \[12, 12, 128\]/).first()).toBeVisible();
  await page
    .getByRole('button', { name: /1×1 convolution/ })
    .first()
    .click();
  await expect(stemma.node('add').getByRole('button', { name: /error.*show/ })).toHaveCount(0);
  await stemma.drag(stemma.port('add', 'out'), stemma.port('stage3', 'in'), async () => {
    await expect(stemma.port('stage3', 'in')).toHaveAttribute('data-verdict', 'fits');
  });
});

test('a wire that would close a cycle is refused in words', async ({ stemma }) => {
  await stemma.drag(stemma.port('stage3', 'out'), stemma.port('stage1', 'in'), async () => {
    await expect(stemma.port('stage1', 'in')).toHaveAttribute('data-verdict', 'misfits');
    await expect(stemma.page.getByText(/feed itself|cycle/).first()).toBeVisible();
  });
});

test('undo to the beginning and redo to the end lead through the same drawings', async ({ stemma }) => {
  const { page } = stemma;
  const names = () =>
    page
      .locator('[data-testid^="node-"]')
      .evaluateAll((all) => all.map((n) => n.getAttribute('data-testid')));
  const before = await names();
  await stemma.node('stage2').click();
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByTestId('wire-stage3-in')).toHaveText('24×24×64');
  await stemma.node('stage3').click();
  await page.keyboard.press('Control+d');
  await expect(page.locator('[data-testid^="node-"]')).toHaveCount(before.length);
  const after = await names();
  for (let i = 0; i < 5; i++) await page.keyboard.press('Control+z');
  await expect(stemma.node('stage2')).toBeVisible();
  expect(await names()).toEqual(before);
  for (let i = 0; i < 5; i++) await page.keyboard.press('Control+Shift+z');
  await expect.poll(names).toEqual(after);
});

test('a stage opens in place to its blocks, a block to its layers', async ({ stemma }) => {
  await stemma.node('stage2').dblclick();
  await expect(stemma.node('stage2/0')).toBeVisible();
  await stemma.node('stage2/0').dblclick();
  await expect(stemma.node('stage2/0/conv1')).toBeVisible();
  await stemma.command('Close all opened in place');
  await expect(stemma.node('stage2/0')).toHaveCount(0);
});

test('a wire that is dropped on nothing offers what fits, added and joined in one entry', async ({
  stemma,
}) => {
  const { page } = stemma;
  const from = await stemma.centreOf(stemma.port('stage4', 'out'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 300, from.y - 60, { steps: 8 });
  await page.mouse.up();
  await page.getByRole('dialog').getByRole('combobox').fill('global average');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('wire-globalAvgPool-in')).toHaveText('3×3×512');
  await page.keyboard.press('Control+z');
  await expect(stemma.node('globalAvgPool')).toHaveCount(0);
});
