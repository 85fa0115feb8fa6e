import { defineConfig } from '@playwright/test';

/** `npm run screenshots`: every screen in each theme and both window sizes, into `screenshots/`. */
export default defineConfig({
  testDir: 'test/e2e/screenshots',
  testMatch: '*.shots.ts',
  workers: 1,
  timeout: 300_000,
  reporter: 'list',
  outputDir: 'test-results',
});
