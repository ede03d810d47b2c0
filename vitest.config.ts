import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Worker threads and child processes of the tests compile the house once, not each.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, 'node_modules/.cache/node')

export default defineConfig({
  plugins: [vue()],
  test: {
    globalSetup: ['tests/support/bundled-workers.ts'],
    // What is polled for comes or never does: a busy machine is no failure.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.slow.test.ts', 'tests/e2e/**', 'tests/bench/**'],
          setupFiles: ['tests/support/setup.ts', 'tests/support/said-equality.ts'],
          isolate: false,
          // By default one core is left to nobody.
          maxWorkers: '100%',
          // Property tests take seconds alone; a loaded machine is no failure.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/**/*.slow.test.ts'],
          setupFiles: ['tests/support/setup.ts', 'tests/support/said-equality.ts'],
          testTimeout: 1_200_000,
          // Each waits for processes and the disk more than it computes; more at once would only make them wait for each other.
          maxWorkers: 2,
          // After the others where both are asked for.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
