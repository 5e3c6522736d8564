/** What the network of a run that is over shows of its inside, and what is said of one that went wrong. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { removeHome, startHost } from './host.ts';
import { base, expect, Stemma } from './stemma.ts';

const small = ['--size', '8', '--batch', '16', '--limit', '160', '--epochs', '2', '--observe-every', '2'];

/** Trained on the command line, so that a busy machine only makes it slower. */
function train(home: string, ...more: string[]): void {
  spawnSync(
    process.execPath,
    [
      ...['bin/stemma.mjs', 'train', 'resnet20-cifar', '--data', 'mnist', '--engine', 'portable', ...small],
      ...['--set', 'stages=[[1,8],[1,8]]', ...more],
    ],
    { env: { ...process.env, STEMMA_HOME: home } },
  );
}

base('figures on the nodes, histograms, maps and filters; a warning with its fix', async ({ page }) => {
  base.setTimeout(240_000);
  const home = mkdtempSync(join(tmpdir(), 'stemma-inside-'));
  train(home, '--lr', '30');
  const host = await startHost(home);
  try {
    const stemma = new Stemma(page);
    await stemma.open(host.url);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByTestId('run-list').getByText('ResNet-20').click();

    const inside = page.getByRole('region', { name: 'Inside the network' });
    await expect(inside.getByRole('button', { name: /^stage1, Gradient / })).toBeVisible();
    await inside.getByRole('button', { name: 'Time', exact: true }).click();
    await expect(inside.getByRole('button', { name: /^stage1, Time .*%/ })).toBeVisible();
    await inside.getByRole('button', { name: 'Off', exact: true }).click();
    await expect(inside.getByRole('button', { name: 'stage1', exact: true })).toBeVisible();

    const slider = inside.getByRole('slider', { name: 'Look' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', 'Step 1');

    await inside.getByRole('button', { name: 'stage1', exact: true }).click();
    const detail = inside.getByTestId('inside-detail');
    await expect(detail.getByRole('img', { name: /^Weights: values from/ })).toBeVisible();
    await detail.getByLabel('Layer').selectOption('stage1/0/conv1');
    await expect(detail.getByRole('img', { name: 'Map 8', exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(detail.getByRole('img', { name: 'Filter 8', exact: true })).toBeVisible();

    const warnings = page.getByTestId('training-warnings');
    await expect(warnings).toContainText('learning rate');
    await warnings.getByText('Why, and what helps').first().click();
    const { violations } = await new AxeBuilder({ page })
      .include('.inside')
      .include('.warnings')

      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join('; ')}`),
    ).toEqual([]);

    // Which warnings there are depends on the steps that were looked at, and so on the machine.
    await warnings
      .getByRole('button', { name: /^Learning rate / })
      .first()
      .click();
    await expect(page.getByText(/Learning rate [\d.]+: done in the open drawing/)).toBeVisible();
    const away = warnings.getByRole('button', { name: 'Put this warning away' });
    const shown = await away.count();
    await away.first().click();
    await expect(away).toHaveCount(shown - 1);
    expect(stemma.errors).toEqual([]);
  } finally {
    await host.stop();
    removeHome(home);
  }
});
