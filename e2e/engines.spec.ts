/** The engines in the window: told, chosen, installed, cancelled, failed, removed, whole after a reload. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAxe } from './accessible.ts';
import { FakeEngines } from './fake-engines.ts';
import { type Host, removeHome, startHost } from './host.ts';
import { base, expect, Stemma } from './stemma.ts';

const test = base.extend<{ host: Host; fake: FakeEngines; stemma: Stemma; hasGpu: boolean }>({
  hasGpu: [false, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern to see what a fixture needs.
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    await host.stop();
    removeHome(host.home);
  },
  fake: async ({ page, hasGpu }, use) => {
    const fake = new FakeEngines({ hasGpu });
    await fake.standBefore(page);
    await use(fake);
  },
  stemma: async ({ page, host, fake: _ }, use) => {
    const stemma = new Stemma(page);
    await stemma.open(host.url);
    await use(stemma);
    expect(stemma.errors, 'errors in the page').toEqual([]);
  },
});

const offerOf = (page: Page) => page.getByTestId('engine-offer');
const chipOf = (page: Page) => page.getByTestId('engine-chip');
const dialogOf = (page: Page) => page.getByRole('dialog', { name: /native engine/ });
const settingsOf = (host: Host) =>
  JSON.parse(readFileSync(join(host.home, 'state', 'settings.json'), 'utf8')) as Record<string, unknown>;

test('it is offered once; "Not now" is remembered, and the way back is a command', async ({
  stemma,
  host,
}) => {
  const { page } = stemma;
  await expect(offerOf(page)).toContainText('274 MB to download, 853 MB on the disk');
  await checkAxe(page, 'the offer');
  await offerOf(page).getByRole('button', { name: 'Not now' }).click();
  await expect(offerOf(page)).toHaveCount(0);
  await expect.poll(() => settingsOf(host).engineOffered).toBe(true);
  await page.reload();
  await page.getByTestId('welcome-resnet18').click();
  await expect(stemma.node('stage4')).toBeVisible();
  await expect(offerOf(page)).toHaveCount(0);
  await stemma.command('Native engine');
  await expect(dialogOf(page)).toContainText('pip 24.0');
});

test('installed: sizes, progress in the dialog and in the chip, after a reload too, and what was measured', async ({
  stemma,
  fake,
}) => {
  const { page } = stemma;
  await offerOf(page).getByRole('button', { name: 'Look at it' }).click();
  const dialog = dialogOf(page);
  // There is no NVIDIA GPU here, so none of its libraries are offered.
  await expect(dialog.getByRole('radio')).toHaveCount(0);
  await checkAxe(page, 'before installing');
  await dialog.getByRole('button', { name: 'Install (274 MB)' }).click();
  fake.download(93.1);
  await expect(dialog).toContainText('93.1 MB of 274 MB');
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '34');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Download' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await checkAxe(page, 'installing');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('install-chip')).toContainText('93.1 MB of 274 MB');

  await page.reload();
  await expect(page.getByTestId('install-chip')).toContainText('93.1 MB of 274 MB');
  fake.tell({ phase: 'measuring', done: 1, total: 3, message: 'Measuring a step with 2 threads …' });
  await page.getByTestId('install-chip').click();
  await expect(dialog).toContainText('2 of 3');
  fake.succeed();
  await expect(dialog).toContainText('A step takes 104 ms instead of 312 ms: 3.0 times as fast.');
  await expect(dialog).toContainText('Measured on this machine: ResNet-18, 32 × 32 pictures, 32 a step.');
  await checkAxe(page, 'installed');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByTestId('install-chip')).toHaveCount(0);
  expect(fake.asked).toEqual([{ engine: 'tensorflow', gpu: false, wheel: null }]);

  // The next run uses it; what it takes is estimated from what the installation measured.
  await page.getByRole('tab', { name: 'Design' }).click();
  await page.getByTestId('welcome-resnet18').click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(chipOf(page)).toContainText('TensorFlow on CPU (a processor, 2 cores)');
  await expect(page.getByTestId('costs')).toContainText('104 ms');
});

test('cancelled: nothing has changed; what fails while the dialog is closed is told, with the way to it', async ({
  stemma,
  fake,
}) => {
  const { page } = stemma;
  await stemma.command('Native engine');
  await dialogOf(page)
    .getByRole('button', { name: /^Install/ })
    .click();
  fake.download(10);
  await dialogOf(page).getByRole('button', { name: 'Cancel the installation' }).click();
  await expect(dialogOf(page).getByRole('button', { name: /^Install/ })).toBeVisible();
  await dialogOf(page)
    .getByRole('button', { name: /^Install/ })
    .click();
  fake.download(20);
  await dialogOf(page).getByRole('button', { name: 'Go on working' }).click();
  fake.fail({
    code: 'engine/no-room',
    message: 'The disk is full: 853 MB are needed, 12.0 MB are free.',
    hint: 'Make room and try again.',
  });
  await expect(page.getByRole('alert')).toContainText('The disk is full');
  await page.getByRole('alert').getByRole('button', { name: 'Show' }).click();
  await expect(dialogOf(page)).toContainText('Make room and try again.');
});

test('failed: its sentence and its hint; tried again it succeeds; then it is removed', async ({
  stemma,
  fake,
}) => {
  const { page } = stemma;
  const dialog = dialogOf(page);
  await stemma.command('Native engine');
  await dialog.getByRole('button', { name: /^Install/ }).click();
  fake.fail({
    code: 'engine/fetch',
    message: 'pip could not fetch tensorflow_cpu 2.21.0: there is no answer from pypi.org.',
    hint: 'Check the network, or give a wheel file that was fetched elsewhere.',
  });
  await expect(dialog.getByRole('alert')).toContainText('there is no answer from pypi.org.');
  await expect(dialog.getByRole('alert')).toContainText('give a wheel file');
  await expect(dialog).toContainText('training goes on with the portable engine');
  await checkAxe(page, 'failed');
  // A file that was fetched elsewhere.
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByText('From a file on this machine').click();
  await dialog.getByRole('textbox').fill(' /tmp/tensorflow_cpu.whl ');
  await dialog.getByRole('button', { name: 'Install', exact: true }).click();
  fake.fail({ code: 'engine/wheel', message: 'It is another wheel.', hint: null });
  await dialog.getByRole('button', { name: 'Try again' }).click();
  fake.succeed();
  await expect(dialog).toContainText('TensorFlow is installed.');
  expect(fake.asked.map(({ wheel }) => wheel)).toEqual([
    null,
    '/tmp/tensorflow_cpu.whl',
    '/tmp/tensorflow_cpu.whl',
  ]);
  await dialog.getByRole('button', { name: 'Details' }).click();
  await expect(dialog).toContainText('2, the fastest that were tried here');
  await dialog.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByRole('button', { name: /^Install/ })).toBeVisible();
});

test('by keyboard: the list of engines with reasons, one chosen, and a run that says so', async ({
  stemma,
  host,
}) => {
  test.setTimeout(180_000);
  const { page } = stemma;
  await offerOf(page).getByRole('button', { name: 'Dismiss' }).click();
  await page.getByTestId('welcome-resnet18').click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(chipOf(page)).toContainText('Portable (WebAssembly) on CPU');
  await expect(chipOf(page)).toContainText('The fastest that is available.');
  await chipOf(page).focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('dialog', { name: 'Engines' });
  await expect(list).toBeVisible();
  await expect(list).toContainText("TensorFlow's library is not installed.");
  await expect(list.getByRole('radio', { name: /^TensorFlow/ })).toBeDisabled();
  await checkAxe(page, 'the list of engines');
  await page.keyboard.press('Tab');
  await expect(list.getByRole('radio', { name: /Fastest available/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('radio', { name: /Portable/ })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(chipOf(page)).toContainText('Asked for.');
  await expect.poll(() => settingsOf(host).engine).toBe('portable');

  // Each figure says where it comes from.
  const costs = page.getByTestId('costs');
  await expect(costs).toContainText(/Memory229 MB of 4\.\d+ GB free|Memory\d+ MB of [\d.]+ GB free/);
  await costs.getByRole('button', { name: 'Measure' }).click();
  await expect(costs.getByText('measured', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(costs).toContainText('pictures a second');

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByTestId('step-split')).toContainText(/data .*compute .*update/, { timeout: 60_000 });
  await checkAxe(page, 'training');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByTestId('train-progress').getByRole('button', { name: 'Look at the run' }).click();
  await expect(page.getByTestId('trained-on')).toContainText(/Trained by Portable .* on CPU .*: asked for\./);
  await expect(page.getByTestId('run-list')).toContainText('portable');
});

test('the largest batch that fits is taken at a click', async ({ stemma }) => {
  const { page } = stemma;
  await offerOf(page).getByRole('button', { name: 'Dismiss' }).click();
  await page.getByTestId('welcome-resnet18').click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByTestId('costs').getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByTestId('costs').getByRole('button', { name: 'Use it' })).toHaveCount(0);
  await expect(page.getByLabel('Batch', { exact: true })).not.toHaveValue('32');
});

test('an engine that was chosen and is gone stands in the way, in words', async ({ stemma, fake }) => {
  const { page } = stemma;
  await offerOf(page).getByRole('button', { name: 'Look at it' }).click();
  await dialogOf(page)
    .getByRole('button', { name: /^Install/ })
    .click();
  fake.succeed();
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await chipOf(page).click();
  await page.getByRole('radio', { name: /^TensorFlow/ }).check();
  await page.keyboard.press('Escape');
  fake.remove();
  await page.reload();
  await page.getByRole('tab', { name: 'Design' }).click();
  await page.getByTestId('welcome-resnet18').click();
  await page.getByRole('tab', { name: 'Train' }).click();
  const checks = page.getByRole('list', { name: 'Before it can start' });
  await expect(checks).toContainText('Engine tensorflow cannot run here');
  await checks.getByRole('button', { name: 'Use the fastest that is available' }).click();
  await expect(chipOf(page)).toContainText('Portable');
  await expect(checks).toHaveCount(0);
});

test.describe('with an NVIDIA GPU', () => {
  test.use({ hasGpu: true });
  test('its libraries are offered beside, with their size', async ({ stemma, fake }) => {
    const { page } = stemma;
    await stemma.command('Native engine');
    const dialog = dialogOf(page);
    await dialog.getByRole('radio', { name: /NVIDIA GeForce RTX 3060/ }).check();
    await expect(dialog).toContainText('3.30 GB to download, 5.20 GB on the disk');
    await dialog.getByRole('button', { name: 'Install (3.30 GB)' }).click();
    await expect.poll(() => fake.asked).toEqual([{ engine: 'tensorflow', gpu: true, wheel: null }]);
  });
});

base('the real host with a package client that cannot fetch: its words reach the page', async ({ page }) => {
  const home = mkdtempSync(join(tmpdir(), 'stemma-e2e-'));
  const programs = join(home, 'programs');
  mkdirSync(programs);
  const client = `#!/bin/sh
case "$*" in
  *--version*) echo "pip 24.0 from /nowhere (python 3.11)" ;;
  *) echo "ERROR: Could not find a version that satisfies the requirement" >&2; exit 1 ;;
esac
`;
  for (const name of ['python3', 'pip3', 'pip', 'python', 'py', 'uv'])
    writeFileSync(join(programs, name), client, { mode: 0o755 });
  const host = await startHost(home, { PATH: `${programs}:${process.env.PATH}`, VIRTUAL_ENV: '' });
  try {
    const stemma = new Stemma(page);
    await stemma.open(host.url);
    await stemma.command('Native engine');
    await expect(dialogOf(page)).toContainText('pip 24.0');
    await dialogOf(page)
      .getByRole('button', { name: /^Install/ })
      .click();
    await expect(dialogOf(page).getByRole('alert')).toContainText('Could not find a version', {
      timeout: 30_000,
    });
    await expect(dialogOf(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    // What it said is still there for a page that comes late.
    await page.reload();
    await stemma.command('Native engine');
    await expect(dialogOf(page).getByRole('alert')).toContainText('Could not find a version');
    expect(stemma.errors).toEqual([]);
  } finally {
    await host.stop();
    removeHome(home);
  }
});
