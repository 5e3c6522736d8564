import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,renderer,electron,scripts,bench}/**/*.test.ts'],
    testTimeout: 120_000,
    maxWorkers: 2,
  },
});
