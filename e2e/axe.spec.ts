/** Accessibility as axe checks it, in every view and both themes: nothing serious. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Stemma, test } from './stemma.ts';

async function check({ page }: Stemma, what: string): Promise<void> {
  // Transitions of colour would be measured half way.
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join('; ')}`),
    what,
  ).toEqual([]);
}

for (const theme of ['light', 'dark'] as const)
  test(`no serious findings, ${theme}`, async ({ stemma }) => {
    const { page } = stemma;
    await stemma.command(`Theme: ${theme}`);
    await check(stemma, 'empty');
    await stemma.command('New from template');
    await check(stemma, 'gallery');
    await page.keyboard.press('Escape');
    await stemma.command('New: ResNet-18');
    await stemma.node('stage2').click();
    await check(stemma, 'a node is selected');
    for (const panel of ['Problems', 'Summary table', 'Code']) {
      await stemma.command(panel);
      await check(stemma, panel);
    }
    await stemma.node('stage2').dblclick();
    await check(stemma, 'opened in place');
    await stemma.command('Keyboard shortcuts');
    await check(stemma, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await check(stemma, 'commands');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Train' }).click();
    await check(stemma, 'train');
    await page.getByRole('tab', { name: 'Runs' }).click();
    await check(stemma, 'runs');
  });
