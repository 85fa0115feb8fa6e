import { defineConfig } from '@playwright/test';

/** Real Electron. On virtual screens two journeys run side by side; on a person's screen one, so that windows keep their focus. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: process.env['CALLSIDE_VIRTUAL_DISPLAY'] === '1' ? 2 : 1,
  // A window on a virtual screen of a busy machine can miss a key once; what fails twice is a fault. The
  // report names every test that needed its second try.
  retries: 1,
  // Far above what a journey takes on a busy machine: a limit is there for what hangs.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: 'test-results',
});
