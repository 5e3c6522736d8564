// A Chromium to test with: the one named by CHROMIUM, the machine's own, or the one that npm brought (Linux, x64).
import { existsSync } from 'node:fs';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Switches that keep it from talking to anybody, and let it run as root in a container. */
const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {Promise<{ executablePath: string, args: string[] }>} */
export async function findBrowser() {
  const { CHROMIUM } = process.env;
  const own = CHROMIUM ? CHROMIUM : installed.find((path) => existsSync(path));
  if (own) return { executablePath: own, args: browserArgs };
  const { default: packed } = await import('@sparticuz/chromium');
  // In one process it dies with the first context that is closed.
  const args = packed.args.filter((arg) => arg !== '--single-process');
  return { executablePath: await packed.executablePath(), args: [...args, ...browserArgs] };
}
