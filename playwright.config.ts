import { defineConfig } from '@playwright/test';

/** Real Electron, one window at a time: the machine's two cores belong to the app under test. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
});
