/** What was trained is used: a digit is drawn, pictures are given, the network answers and shows where it looked. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { checkAxe } from './accessible.ts';
import { removeHome, startHost } from './host.ts';
import { base, expect, Stemma } from './stemma.ts';
import { trainDigits } from './trained-run.ts';

const test = base.extend<{ stemma: Stemma }, { home: string }>({
  home: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern to see what a fixture needs.
    async ({}, use) => {
      const host = await startHost();
      trainDigits(host.home);
      await host.stop();
      await use(host.home);
      removeHome(host.home);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  stemma: async ({ page, home }, use) => {
    const host = await startHost(home);
    const stemma = new Stemma(page);
    await stemma.open(host.url);
    await use(stemma);
    const errors = [...stemma.errors];
    await host.stop();
    expect(errors, 'errors in the page').toEqual([]);
  },
});

async function open({ page }: Stemma): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('dialog')).toContainText('after step 180', { timeout: 30_000 });
}

test('a digit drawn with the pointer is answered while it is drawn, undone and cleared', async ({
  stemma,
}) => {
  const { page } = stemma;
  await open(stemma);
  const pad = page.getByTestId('pad');
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.5, 0.15));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.85), { steps: 12 });
  // Before the pen is lifted.
  await expect(page.getByTestId('answer')).toHaveText(/^1\b/);
  await page.mouse.up();
  await expect(page.getByText('What speaks for 1: Grad-CAM of activation5.')).toBeVisible();
  await expect(page.getByTestId('saliency')).toBeVisible();
  const bars = page.getByRole('list', { name: 'Most likely classes' }).getByRole('button');
  await expect(bars).toHaveCount(5);
  await expect(bars.first()).toHaveAttribute('aria-pressed', 'true');
  await bars.nth(2).click();
  await expect(bars.nth(2)).toHaveAttribute('aria-pressed', 'true');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await checkAxe(page, `a digit, ${theme}`);
  }
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByTestId('answer')).toHaveCount(0);
});

test('a digit drawn by keys alone', async ({ stemma }) => {
  const { page } = stemma;
  await open(stemma);
  await page.getByRole('application', { name: 'Drawing area' }).focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('answer')).toHaveText(/^1\b/);
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('answer')).toHaveCount(0);
});

// It trains first, and axe looks at everything twice.
test.describe.configure({ timeout: 300_000 });

/** A bar, as a picture. */
const bar = (ink: string, paper: string) =>
  sharp({ create: { width: 56, height: 56, channels: 3, background: paper } }).composite([
    { input: { create: { width: 6, height: 40, channels: 3, background: ink } }, left: 25, top: 8 },
  ]);

test('pictures of every kind, several at once: inverted where they lie on white, broken ones named, all as a table', async ({
  stemma,
}) => {
  const { page } = stemma;
  await open(stemma);
  await page.getByRole('tab', { name: 'Pictures' }).click();
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
  await page
    .getByTestId('picture-files')
    .setInputFiles([
      file('dark.png', await bar('black', 'white').png().toBuffer()),
      file('bright.webp', await bar('white', 'black').webp().toBuffer()),
      file('photo.jpg', await bar('white', 'black').jpeg().toBuffer()),
      file('broken.png', Buffer.from('this is no picture')),
    ]);
  const given = page.getByTestId('given').getByRole('button');
  await expect(given).toHaveCount(4);
  await expect(given.nth(1)).toContainText(/^1 /);
  await expect(given.nth(2)).toContainText(/^1 /);
  await expect(given.nth(3)).toContainText('not read');
  await given.nth(3).click();
  await expect(page.getByText(/cannot be read as a picture/)).toBeVisible();
  await given.nth(0).click();
  await expect(page.getByText(/border is bright/)).toBeVisible();
  await page.getByRole('button', { name: 'Invert', exact: true }).click();
  await expect(page.getByTestId('answer')).toHaveText(/^1\b/);
  await checkAxe(page, 'pictures');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Answers as CSV' }).click();
  const csv = readFileSync(await (await downloading).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(csv).toHaveLength(5);
  expect(csv[1]).toMatch(/^dark\.png,1,0\.\d+/);
  expect(csv[4]).toMatch(/^broken\.png,,.*cannot be read/);

  // From the clipboard.
  await page.getByRole('button', { name: 'Remove all' }).click();
  const png = (await bar('white', 'black').png().toBuffer()).toString('base64');
  await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const blob = new Blob([bytes], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  }, png);
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('given')).toContainText('pasted picture');
});

test('it is judged on data from its page, and a new run begins with its weights', async ({ stemma }) => {
  const { page } = stemma;
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Test on data' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Data set').selectOption('mnist');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(dialog.getByTestId('evaluations')).toContainText('MNIST, test', { timeout: 90_000 });
  await checkAxe(page, 'judged');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'New run from its weights' }).click();
  const card = page.getByTestId('from-card');
  await expect(card).toContainText('10 of 10 weights fit, after step 180.', { timeout: 30_000 });
  await checkAxe(page, 'begins with weights');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByTestId('train-progress')).toContainText(/Step [1-9]/, { timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Warnings' })).toContainText(
    '10 of its 10 weights come from run',
  );
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel it' }).click();
  await expect(page.getByText(/stopped/i).first()).toBeVisible();
});
