/** A page of a running Stemma, in the words of a person who uses it. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Host, removeHome, startHost } from './host.ts';

export { base, expect };

export class Stemma {
  readonly page: Page;
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  async open(url: string, { tour = false } = {}): Promise<void> {
    await this.page.goto(url);
    await expect(this.page.getByRole('tab', { name: 'Design' })).toBeVisible();
    await this.page.waitForFunction(() => document.documentElement.dataset.theme !== undefined);
    if (!tour) await this.skipTour();
  }

  async skipTour(): Promise<void> {
    const skip = this.page.getByRole('button', { name: 'Skip' });
    await skip.waitFor({ timeout: 5000 }).then(
      () => skip.click(),
      // It was skipped before: the host remembers.
      () => {},
    );
  }

  /** The native engine is offered where it is not installed. */
  async dismissOffer(): Promise<void> {
    const offer = this.page.getByTestId('engine-offer');
    await offer.waitFor({ timeout: 5000 }).then(
      () => offer.getByRole('button', { name: 'Not now' }).click(),
      // It is installed here, or cannot be.
      () => {},
    );
  }

  /** Runs a command of the registry by its title, as a person would with Mod+K. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.getByRole('dialog').getByRole('combobox').fill(title);
    await this.page.keyboard.press('Enter');
  }

  node(name: string): Locator {
    return this.page.getByTestId(`node-${name}`);
  }

  port(node: string, port: string): Locator {
    return this.page.getByTestId(`port-${node}-${port}`);
  }

  async centreOf(target: Locator): Promise<{ x: number; y: number }> {
    const box = await target.boundingBox();
    if (!box) throw new Error(`${target} is not to be seen`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Drags from one thing to another; `over` looks at the page before letting go. */
  async drag(from: Locator, to: Locator, over?: () => Promise<void>): Promise<void> {
    const a = await this.centreOf(from);
    const b = await this.centreOf(to);
    await this.page.mouse.move(a.x, a.y);
    await this.page.mouse.down();
    await this.page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 6 });
    await this.page.mouse.move(b.x, b.y, { steps: 6 });
    await over?.();
    await this.page.mouse.up();
  }
}

export const test = base.extend<{ host: Host; stemma: Stemma }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern to see what a fixture needs.
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    await host.stop();
    removeHome(host.home);
  },
  stemma: async ({ page, host }, use) => {
    const stemma = new Stemma(page);
    await stemma.open(host.url);
    await use(stemma);
    expect(stemma.errors, 'errors in the page').toEqual([]);
  },
});
