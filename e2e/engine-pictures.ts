/** Pictures of how the window tells of engines: the offer, an installation from beginning to end, the list. */
import type { Page } from '@playwright/test';
import { FakeEngines } from './fake-engines.ts';
import { Stemma } from './stemma.ts';

export async function engineStates(
  page: Page,
  url: string,
  take: (name: string) => Promise<void>,
): Promise<void> {
  const fake = new FakeEngines({ hasGpu: true });
  await fake.standBefore(page);
  const stemma = new Stemma(page);
  await stemma.open(url);
  const dialog = page.getByRole('dialog');
  await page.getByTestId('welcome-resnet18').click();
  await stemma.node('stage4').waitFor();
  await page.getByTestId('engine-offer').waitFor();
  await take('engine-offer');
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByText('The fastest that is available').waitFor();
  await page.getByTestId('preview-grid').waitFor();
  await take('engine-before');
  await page.getByTestId('engine-offer').getByRole('button', { name: 'Look at it' }).click();
  await take('engine-install');
  await dialog.getByRole('button', { name: /^Install/ }).click();
  fake.download(93.1);
  await take('engine-installing');
  await dialog.getByRole('button', { name: 'Go on working' }).click();
  await take('engine-installing-chip');
  await page.getByTestId('install-chip').click();
  fake.fail({
    code: 'engine/fetch',
    message: 'pip could not fetch tensorflow_cpu 2.21.0: there is no answer from pypi.org.',
    hint: 'Check the network, or give a wheel file that was fetched elsewhere.',
  });
  await take('engine-failed');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  fake.succeed();
  await take('engine-done');
  await dialog.getByRole('button', { name: 'Details' }).click();
  await dialog.getByRole('button', { name: 'Remove…' }).click();
  await take('engine-installed');
  await page.keyboard.press('Escape');
  await page.getByTestId('engine-chip').click();
  await take('engine-list');
}
