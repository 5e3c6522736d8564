/** Nothing is lost: the host is killed in the middle of an edit. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, removeHome, startHost } from './host.ts';
import { base, expect, Stemma } from './stemma.ts';

/** Ended and removed however the test ends. */
const test = base.extend<{ home: string; start: () => Promise<Host> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern to see what a fixture needs.
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
    await use(home);
    removeHome(home);
  },
  start: async ({ home }, use) => {
    const hosts: Host[] = [];
    await use(async () => {
      const host = await startHost(home);
      hosts.push(host);
      return host;
    });
    for (const host of hosts) await host.stop();
  },
});

/** The text of the drawing that the host keeps as a draft; with every name where there is none yet. */
function draftOf(home: string): string {
  const folder = join(home, 'state', 'drafts');
  const [name] = existsSync(folder) ? readdirSync(folder).filter((n) => /^[^.].*\.json$/.test(n)) : [];
  if (name === undefined) return '"stage2"';
  return (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { text: string }).text;
}

test('killed while a drawing has unsaved changes, the next host offers it', async ({ page, home, start }) => {
  const first = await start();
  const stemma = new Stemma(page);
  await stemma.open(first.url);
  await stemma.command('New: ResNet-34');
  await stemma.node('stage2').click();
  await page.keyboard.press('Shift+Delete');
  await expect(stemma.node('stage2')).toHaveCount(0);
  // The draft follows half a second later.
  await expect.poll(() => draftOf(home)).not.toContain('"stage2"');
  await first.kill();
  // Once: what asks unbidden is quiet about it.
  await expect(page.getByText(/does not answer/)).toHaveCount(1);
  // What the page holds can still be taken away as a file.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the drawing' }).click();
  expect((await download).suggestedFilename()).toBe('ResNet-34.stemma');

  const context = page.context();
  await page.close();
  const second = await start();
  const fresh = await context.newPage();
  const again = new Stemma(fresh);
  await again.open(second.url, { tour: true });
  await fresh.getByRole('button', { name: 'Restore' }).click();
  await expect(again.node('stage3')).toBeVisible();
  await expect(again.node('stage2')).toHaveCount(0);
  expect(again.errors).toEqual([]);
});

test('a page that stays open goes on with the host that is started anew', async ({ page, home, start }) => {
  const first = await start();
  const stemma = new Stemma(page);
  await stemma.open(first.url);
  await stemma.command('New: ResNet-34');
  await stemma.node('stage2').click();
  await page.keyboard.press('Shift+Delete');
  await first.kill();
  // Once: what asks unbidden is quiet about it.
  await expect(page.getByText(/does not answer/)).toHaveCount(1);
  // Drawn while nobody could keep it.
  await stemma.command('Make plain');
  const second = await start();
  expect(second.url).toBe(first.url);
  await expect(page.getByText(/does not answer/)).toHaveCount(0, { timeout: 15_000 });
  await expect.poll(() => draftOf(home)).toContain('none');
});

test('a page that is loaded again shows what it showed', async ({ page, home, start }) => {
  const host = await start();
  const stemma = new Stemma(page);
  await stemma.open(host.url);
  await stemma.command('New: ResNet-34');
  await stemma.node('stage2').click();
  await page.keyboard.press('Shift+Delete');
  await expect(stemma.node('stage2')).toHaveCount(0);
  page.on('dialog', (dialog) => void dialog.accept());
  await expect.poll(() => draftOf(home)).not.toContain('"stage2"');
  await page.reload();
  await expect(stemma.node('stage3')).toBeVisible();
  await expect(stemma.node('stage2')).toHaveCount(0);
});
