import type { Page } from '@playwright/test';

/** Durations of frames while something goes on, as the page sees them. */
export async function framesWhile(page: Page, action: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      if (!Object.hasOwn(window, 'stopFrames')) requestAnimationFrame(next);
    };
    Reflect.deleteProperty(window, 'stopFrames');
    Object.assign(window, { frames });
    requestAnimationFrame(next);
  });
  await action();
  return page.evaluate(() => {
    Object.assign(window, { stopFrames: true });
    return (window as unknown as { frames: number[] }).frames.slice(2);
  });
}
