/**
 * `npm test`: everything. Checks, unit and integration tests, and the browser tests, for which a Chromium is found or,
 * on Debian as root, installed. The last line is `N passed, N failed`; a failed check counts as one failure.
 * `npm run e2e [-- spec]` is the browser part alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { installChromium } from './install-chromium.ts'
import { runLanes, runStep, staticLanes } from './steps.ts'

interface Tally {
  passed: number
  failed: number
}

const reports = mkdtempSync(join(tmpdir(), 'earshot-test-'))

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  success: boolean
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A file that does not even load has no tests in the report: it counts as one failure. */
async function runVitest(): Promise<Tally> {
  const file = join(reports, 'vitest.json')
  const { ok } = await runStep({
    name: 'tests',
    command: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    live: true,
  })
  const report = readReport<VitestReport>(file)
  if (!report) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed === 0 && !ok ? 1 : failed }
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

async function runBrowser(specs: string[]): Promise<Tally> {
  const executable = findChromium() ?? (await installChromium())
  if (!executable) {
    console.log('The browser tests need a Chromium: install one (on Debian: apt-get install chromium) or name it in EARSHOT_CHROMIUM.') // prettier-ignore
    return { passed: 0, failed: 1 }
  }
  const built = await runLanes([[{ name: 'build', command: 'electron-vite', args: ['build', '--logLevel', 'warn'] }]])
  if (built.some((step) => !step.ok)) return { passed: 0, failed: 1 }
  const file = join(reports, 'playwright.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file
  process.env.EARSHOT_CHROMIUM = executable
  const { ok } = await runStep({ name: 'browser', command: 'playwright', args: ['test', ...specs], live: true })
  const stats = readReport<PlaywrightReport>(file)?.stats
  if (!stats) return { passed: 0, failed: 1 }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + (ok || stats.unexpected > 0 ? 0 : 1) }
}

function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}

const [only, ...specs] = process.argv.slice(2)
const tallies: Tally[] = []
if (only !== 'e2e') {
  const checks = await runLanes(staticLanes)
  tallies.push({ passed: 0, failed: checks.filter((check) => !check.ok).length }, await runVitest())
}
tallies.push(await runBrowser(specs))
rmSync(reports, { recursive: true, force: true })

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)
