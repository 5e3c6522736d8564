/** What axe finds in a page. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './stemma.ts';

/** Nothing serious by WCAG 2.2 AA. `what`: the state that is looked at, for the failure's words. */
export async function checkAxe(page: Page, what: string): Promise<void> {
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
