import { defineConfig } from 'vitest/config'

/** The tests that need a Docker engine; `test/e2e/run.sh` sets it up and runs them. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    // Most of the time is the engine's, and it has no more than the machine's cores.
    maxWorkers: 2,
    maxConcurrency: 1,
  },
})
