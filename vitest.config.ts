import { defineConfig } from 'vitest/config';
import { OUTSIDE } from './test/outside.ts';

/** Far above what a test needs on a busy machine: a limit is there for what hangs. */
const PATIENCE = { testTimeout: 180_000, hookTimeout: 180_000 };

/** One project per world; e2e, faults and bench have their own runners. */
export default defineConfig({
  test: {
    // All cores: by default one is left free, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      { test: { ...PATIENCE, name: 'shared', include: ['test/shared/**/*.test.ts'], environment: 'node' } },
      { test: { ...PATIENCE, name: 'main', include: ['test/main/**/*.test.ts'], exclude: OUTSIDE, environment: 'node' } },
      // A second try, named in the output of npm test: docs/decisions/0015.
      { test: { ...PATIENCE, name: 'main-outside', include: OUTSIDE, environment: 'node', retry: 1 } },
      { test: { ...PATIENCE, name: 'renderer', include: ['test/renderer/**/*.test.{ts,tsx}'], environment: 'node', setupFiles: ['test/renderer/patience.ts'] } },
    ],
  },
});
