import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/support/chromium.ts'

// Each spec starts a station: what it compiles is kept for the next one.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/node_modules/.cache/node`

const specs = readdirSync(`${import.meta.dirname}/tests/e2e`).filter((name) => name.endsWith('.spec.ts'))
const onSample = specs.filter((name) =>
  readFileSync(`${import.meta.dirname}/tests/e2e/${name}`, 'utf8').includes('sample: true'),
)

/** Every spec starts a station of its own (tests/e2e/support), so files may run side by side. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/bundled-station.ts',
  // To live through the sample's morning costs a station many seconds: the specs that look at it stand together and share one.
  projects: [
    { name: 'sample', testMatch: onSample },
    { name: 'own', testMatch: '*.spec.ts', testIgnore: onSample },
  ],
  fullyParallel: false,
  // A spec waits half its time, for the page, for what was asked and for what it must not see: three keep two cores at work.
  workers: 3,
  // What is waited for comes or never does: a machine that is busy with ten other things is no failure.
  timeout: 900_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  retries: 0,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1456, height: 900 },
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // A trace of everything costs a tenth of the time: on when one is looked for.
    trace: process.env.EARSHOT_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium() },
  },
})
