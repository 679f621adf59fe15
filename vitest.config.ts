import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const timeouts = { testTimeout: 20_000, hookTimeout: 60_000, teardownTimeout: 30_000 }

/** What needs no database runs without waiting for one. */
export default defineConfig({
  test: {
    pool: 'forks',
    // Each worker may open several pools, and the test server takes 200 connections.
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [
      {
        test: { ...timeouts, name: 'pure', include: ['test/unit/**/*.test.ts', 'test/*.test.ts'] },
      },
      {
        test: {
          ...timeouts,
          name: 'database',
          include: ['test/*/**/*.test.ts'],
          exclude: ['test/unit/**'],
          globalSetup: 'test/helpers/cluster.ts',
        },
      },
    ],
  },
})
