import { defineConfig } from '@playwright/test';

/** Real Electron, one window at a time: the machine's two cores belong to the app under test. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  workers: 1,
  // A window on a virtual screen of a busy machine can miss a key once; what fails twice is a fault. The
  // report names every test that needed its second try.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  outputDir: 'test-results',
});
