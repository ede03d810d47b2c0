/**
 * `npm test`: everything. Checks, unit and integration tests, and the browser tests, for which a Chromium is found or,
 * on Debian as root, installed. The last line is `N passed, N failed`; a failed check counts as one failure.
 * `npm run e2e [-- spec]` is the browser part alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { provide, provideOptional } from './install.ts'
import { runLanes, runStep, staticLanes } from './steps.ts'
import type { Step, StepResult } from './steps.ts'

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
async function runVitest(project: 'unit' | 'integration'): Promise<Tally> {
  const file = join(reports, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  // Only one of two that run beside each other may print while it does.
  const live = project === 'unit'
  const { ok, output } = await runStep({ name: project, command: 'vitest', args, live })
  if (!live) console.log(output)
  const report = readReport<VitestReport>(file)
  if (!report) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed === 0 && !ok ? 1 : failed }
}

const tallyOf = (results: readonly StepResult[]): Tally => ({
  passed: 0,
  failed: results.filter(({ ok }) => !ok).length,
})

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

async function runBrowser(specs: string[]): Promise<Tally> {
  const executable = findChromium()
  if (!executable) {
    console.log('The browser tests need a Chromium: install one or name it in EARSHOT_CHROMIUM.')
    return { passed: 0, failed: 1 }
  }
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

const buildStep: Step = { name: 'build', command: 'electron-vite', args: ['build', '--logLevel', 'warn'] }
const [only, ...specs] = process.argv.slice(2)
const tallies: Tally[] = []
if (only === 'e2e') {
  for (const missing of await provide('browser')) console.log(missing)
  tallies.push(tallyOf(await runLanes([[buildStep]])))
} else {
  // Two lanes for two cores. What waits for processes and the disk stands beside what computes; the build comes first,
  // because its bundle is among what is tested.
  for (const line of await provideOptional()) console.log(line)
  const [missing, built] = await Promise.all([provide('browser', 'keyring'), runLanes([[buildStep]])])
  for (const line of missing) console.log(line)
  const [integration, [checks, unit]] = await Promise.all([
    runVitest('integration'),
    runLanes([staticLanes.flat()]).then(async (results) => [tallyOf(results), await runVitest('unit')] as const),
  ])
  tallies.push(tallyOf(built), checks, unit, integration)
}
// What is not built cannot be looked at.
if (tallies[0]?.failed === 0) tallies.push(await runBrowser(specs))
rmSync(reports, { recursive: true, force: true })

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)
