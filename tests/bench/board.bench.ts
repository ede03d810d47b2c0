import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { serveStation } from '#tests/e2e/support/station.ts'
import { findChromium } from '#tests/support/chromium.ts'
import { connectOfficer } from '#tests/support/officer.ts'
import { percentile, type Measure } from './station.ts'

const CASES = 5_000
const KEYS = 30
const MINUTE = 60_000
/** So long after it stands a page has asked for all that it shows. */
const RESTS_MS = 2_500

/** The board with 5,000 open cases in a real browser: how soon it stands, and how long a key takes to show. */
export async function benchBoard(): Promise<Measure[]> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found. Install it: apt-get install chromium')
  const station = await serveStation()
  const browser = await chromium.launch({ executablePath })
  try {
    const { client, close } = await connectOfficer(station.url)
    await client.station.saveSettings({ ready: true })
    await client.listens.save({ name: 'All', colour: 1, query: 'app', enabled: true, routed: true })
    await client.sources.importFile({
      file: new Blob([complaints()]),
      name: 'complaints.csv',
      sourceName: 'complaints',
      live: true,
    })
    await untilRouted(async () => (await client.cases.page({ filter: {}, limit: 1 })).total)
    close()

    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(station.url)
    await page.locator('main').waitFor()
    const firsts = await timeFirstRows(page)
    const tasks = await watchTasks(page)
    const opened = performance.now()
    await page.evaluate(() => (location.hash = '#/board?mode=list&scope=open'))
    await page.getByRole('button', { name: /All open 5,000/ }).waitFor()
    const whole = performance.now() - opened
    await page.waitForTimeout(500)
    const loading = await tasks()
    await page.keyboard.press('v')
    await page.locator('[data-case-pane]').waitFor()
    await page.waitForTimeout(1_000)
    const keys = await timeKeys(page)
    const columns = await untilShown(page, 'v', '.lanes .card')
    await page.waitForTimeout(1_000)
    return [
      { name: 'board.5000.first-rows', value: percentile(firsts, 0.5), unit: 'ms' },
      { name: 'board.5000.all-loaded', value: whole, unit: 'ms' },
      { name: 'board.5000.route-key-to-next.p50', value: percentile(keys, 0.5), unit: 'ms' },
      { name: 'board.5000.route-key-to-next.p95', value: percentile(keys, 0.95), unit: 'ms' },
      { name: 'board.5000.columns', value: columns, unit: 'ms' },
      { name: 'board.5000.longest-task-loading', value: Math.max(0, ...loading), unit: 'ms' },
      { name: 'board.5000.longest-task', value: Math.max(0, ...(await tasks())), unit: 'ms' },
    ]
  } finally {
    await browser.close()
    await station.close()
  }
}

/** Rules look at what is imported in the background: until all have been routed. */
async function untilRouted(total: () => Promise<number>): Promise<void> {
  const until = performance.now() + MINUTE
  while ((await total()) < CASES) {
    if (performance.now() > until) throw new Error('The rules did not open 5,000 cases within a minute.')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** From the wall to the first rows, five times, each on a page that was loaded anew and has come to rest. */
async function timeFirstRows(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    await page.evaluate(() => (location.hash = '#/wall'))
    await page.reload()
    await page.locator('main').waitFor()
    await page.waitForTimeout(RESTS_MS)
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const began = performance.now()
            location.hash = '#/board?mode=list&scope=open'
            const look = () =>
              document.querySelector('[role=listbox]')
                ? resolve(performance.now() - began)
                : requestAnimationFrame(look)
            requestAnimationFrame(look)
          }),
      ),
    )
  }
  await page.evaluate(() => (location.hash = '#/wall'))
  await page.waitForTimeout(RESTS_MS)
  return times
}

/** Presses a desk's key and waits for the frame that shows the next case, 30 times. */
async function timeKeys(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < KEYS; at++) {
    times.push(
      await page.evaluate(
        (key) =>
          new Promise<number>((resolve) => {
            const shown = () => document.querySelector('[role=listbox] [aria-current]')?.textContent
            const before = shown()
            const began = performance.now()
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
            const look = () => (shown() === before ? requestAnimationFrame(look) : resolve(performance.now() - began))
            requestAnimationFrame(look)
          }),
        String((at % 9) + 1),
      ),
    )
    await page.waitForTimeout(100)
  }
  return times
}

/** Presses a key and waits for the frame in which the selector is there. */
const untilShown = (page: Page, key: string, selector: string): Promise<number> =>
  page.evaluate(
    ({ key, selector }) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        const look = () =>
          document.querySelector(selector) ? resolve(performance.now() - began) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      }),
    { key, selector },
  )

/** Tasks of the page's thread above 50 ms, the browser's own limit: each call gives those since the last one. */
async function watchTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const kept = ((window as unknown as { tasks: number[] }).tasks = [] as number[])
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) kept.push(Math.round(entry.duration))
    }).observe({ type: 'longtask' })
  })
  return () => page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.splice(0))
}

function complaints(): string {
  const lines = ['id,created_at,handle,text']
  for (let at = 0; at < CASES; at++) {
    const when = new Date(Date.now() - at * 1_000).toISOString()
    lines.push(
      `c${at},${when},user${at},"the app is broken since update ${at}, error ${at * 7} when I pay, please refund order ${at * 13}"`,
    )
  }
  return `${lines.join('\n')}\n`
}
