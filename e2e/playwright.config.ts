import { defineConfig } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

const { executablePath, args } = await findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Training and drawing share the machine's cores with the browser.
  workers: 1,
  // One that passes at the second try is told as flaky, and does not stop a submission.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.STEMMA_E2E_REPORT ?? '../dist/e2e/report.json' }]],
  outputDir: '../dist/e2e/results',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args },
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
  },
});
