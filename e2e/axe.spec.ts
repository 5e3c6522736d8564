/** Accessibility as axe checks it, in every view and both themes: nothing serious. */
import { checkAxe } from './accessible.ts';
import { test } from './stemma.ts';

for (const theme of ['light', 'dark'] as const)
  test(`no serious findings, ${theme}`, async ({ stemma }) => {
    const { page } = stemma;
    await stemma.command(`Theme: ${theme}`);
    await checkAxe(page, 'empty');
    await stemma.command('New from template');
    await checkAxe(page, 'gallery');
    await page.keyboard.press('Escape');
    await stemma.command('New: ResNet-18');
    await stemma.node('stage2').click();
    await checkAxe(page, 'a node is selected');
    for (const panel of ['Problems', 'Summary table', 'Code']) {
      await stemma.command(panel);
      await checkAxe(page, panel);
    }
    await stemma.node('stage2').dblclick();
    await checkAxe(page, 'opened in place');
    await stemma.command('Keyboard shortcuts');
    await checkAxe(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await checkAxe(page, 'commands');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Train' }).click();
    await checkAxe(page, 'train');
    await page.getByRole('tab', { name: 'Runs' }).click();
    await checkAxe(page, 'runs');
  });
