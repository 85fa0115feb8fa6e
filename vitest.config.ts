import { defineConfig } from 'vitest/config';

/** One project per world; e2e, faults and bench have their own runners. */
export default defineConfig({
  test: {
    // All cores: by default one is left free, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'shared', include: ['test/shared/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'main', include: ['test/main/**/*.test.ts'], environment: 'node', testTimeout: 30_000 } },
      { test: { name: 'renderer', include: ['test/renderer/**/*.test.{ts,tsx}'], environment: 'node' } },
    ],
  },
});
