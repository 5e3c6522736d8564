/** Experiments in the window: set up, run, stopped, resumed, read, shared; and what axe says of every state. */
import type { Page } from '@playwright/test';
import { checkAxe } from './accessible.ts';
import { expect, test } from './stemma.ts';

const fill = async (page: Page, label: string, value: string) => {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
};

/** What the page would download, kept in it: a browser of one process does not outlive a real download. */
async function keepDownloads(
  page: Page,
): Promise<(ending: string) => Promise<{ name: string; text: string }>> {
  const kept = await page.evaluateHandle(() => {
    const files: { name: string; text: Promise<string> }[] = [];
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      const url = make.call(URL, blob);
      blobs.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      files.push({ name: this.download, text: blobs.get(this.href)?.text() ?? Promise.resolve('') });
    };
    return files;
  });
  return async (ending) => {
    const found = await kept.evaluate(async (files, wanted) => {
      const file = files.find(({ name }) => name.endsWith(wanted));
      return file && { name: file.name, text: await file.text };
    }, ending);
    if (!found) throw new Error(`nothing that ends in ${ending} was saved`);
    return found;
  };
}

test('plain against residual: from the question to the answer, stopped and resumed on the way', async ({
  stemma,
}) => {
  test.setTimeout(300_000);
  const { page } = stemma;
  await page.getByRole('tab', { name: 'Experiments' }).click();
  const card = page.getByRole('article', { name: 'Plain against residual' });
  await expect(card).toContainText(/6 networks from 3 seeds · about/, { timeout: 30_000 });
  await checkAxe(page, 'gallery');
  await card.getByRole('button', { name: 'Change it first…' }).click();

  await fill(page, 'Depths', '9');
  await expect(page.getByText('A depth is 6n + 2', { exact: false })).toBeVisible();
  await fill(page, 'Depths', '8');
  await fill(page, 'Seeds', '1, 2');
  await fill(page, 'Epochs', '2');
  await fill(page, 'Pictures at most', '1280');
  await fill(page, 'Title', 'Skips, quickly');
  await expect(page.getByRole('list', { name: 'Networks' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('4 networks · about')).toBeVisible();
  await checkAxe(page, 'set up');

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const progress = page.getByTestId('experiment-progress');
  await expect(progress).toContainText(/(Plain|Residual), 8 layers, seed 1: step/, { timeout: 60_000 });
  await checkAxe(page, 'running');
  await progress.getByRole('button', { name: 'Pause' }).click();
  await expect(progress.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 60_000 });
  await progress.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped by hand.')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await page.getByRole('tab', { name: 'Experiments' }).click();
  await page.getByTestId('experiment-list').getByText('Skips, quickly').click();
  await page.getByRole('button', { name: /^(Run it|Go on)$/ }).click();

  const story = page.getByTestId('story');
  await expect(story).toContainText(/With 8 layers the plain network ends at a training loss of .*2 seeds/, {
    timeout: 180_000,
  });
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toBeVisible({ timeout: 60_000 });
  const table = page.getByTestId('experiment-results');
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Figure' }).getByRole('img')).toBeVisible();
  for (const theme of ['dark', 'light'] as const) {
    await stemma.command(`Theme: ${theme}`);
    await checkAxe(page, `results, ${theme}`);
  }

  const saved = await keepDownloads(page);
  await page.getByRole('button', { name: 'SVG' }).click();
  expect((await saved('.svg')).text).toContain('>Plain, 8 layers<');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const { name, text } = await saved('.stemma-experiment');
  expect(name).toBe('Skips- quickly.stemma-experiment');
  await page
    .getByTestId('experiment-file')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('Skips, quickly');
  await page.getByRole('button', { name: 'Keep for later' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Not run yet' })).toBeVisible();

  await page.getByTestId('experiment-list').getByText('Finished').click();
  await table.getByRole('button', { name: 'Run of Plain, 8 layers, seed 2' }).click();
  await expect(page.getByRole('heading', { name: 'Plain, 8 layers' })).toBeVisible();
});

test('the open drawing beside itself without skips; what is no experiment is refused with words', async ({
  stemma,
}, info) => {
  const { page } = stemma;
  await stemma.command('New: ResNet-20 (CIFAR)');
  await page.getByRole('tab', { name: 'Experiments' }).click();
  await page.getByRole('article', { name: 'Your drawing' }).getByRole('button').click();
  const networks = page.getByRole('list', { name: 'Networks' }).getByRole('listitem');
  await expect(networks).toHaveCount(2);
  await expect(networks.nth(1)).toContainText('ResNet-20 (CIFAR), plain');
  await page.getByRole('button', { name: /^Leave out ResNet-20 \(CIFAR\), plain/ }).click();
  await expect(networks).toHaveCount(1);
  await page.getByRole('button', { name: /^Add the open drawing/ }).click();
  await expect(networks).toHaveCount(2);
  await page.getByTestId('experiment-file').setInputFiles({
    name: 'x.stemma-experiment',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"stemma-experiment","version":7}'),
  });
  await expect(page.getByRole('alert')).toContainText('x.stemma-experiment was written by a newer Stemma');
  expect(info.errors).toEqual([]);
});
