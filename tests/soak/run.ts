/**
 * `npm run soak [-- --minutes 15 --rate 100 --simulated]`: whether memory levels off. A station hears so many mentions a second
 * with a wall open in a real browser; after a forced collection the engine's memory, and the page's heap, may differ by no more
 * than a tenth between the middle and the end. `--simulated`: an hour on a clock that is moved, as fast as the machine goes, without a page.
 */
import { spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium, type CDPSession } from '@playwright/test'
import { findChromium } from '#tests/support/chromium.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    rate: { type: 'string', default: '100' },
    simulated: { type: 'boolean', default: false },
  },
})
const seconds = Math.round(Number(values.minutes ?? (values.simulated ? 60 : 15)) * 60)
const MOST_SHARE = 0.1

interface Mark {
  mark: number
  mentions: number
  memory: Record<string, number>
}

const child = spawn(
  process.execPath,
  ['--expose-gc', 'tests/soak/station.ts', values.rate, values.simulated ? 'simulated' : 'real', String(seconds)],
  { stdio: ['pipe', 'pipe', 'inherit'] },
)
const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
let page: CDPSession | null = null
let browser: Awaited<ReturnType<typeof chromium.launch>> | null = null
const marks: (Mark & { page: number | null })[] = []

/** MiB of the page after a collection. */
async function pageHeap(): Promise<number | null> {
  if (page === null) return null
  await page.send('HeapProfiler.collectGarbage')
  const { usedSize } = await page.send('Runtime.getHeapUsage')
  return Math.round((usedSize / 2 ** 20) * 10) / 10
}

async function openWall(url: string): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found. Install it: apt-get install chromium')
  browser = await chromium.launch({ executablePath })
  const tab = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await tab.goto(url)
  page = await tab.context().newCDPSession(tab)
  await page.send('HeapProfiler.enable')
}

for await (const line of createInterface({ input: child.stdout })) {
  if (!line.startsWith('{')) continue
  const told = JSON.parse(line) as { url: string } | Mark
  if ('url' in told) {
    if (!values.simulated) await openWall(told.url)
    continue
  }
  const mark = { ...told, page: await pageHeap() }
  marks.push(mark)
  console.log(
    `${mark.mark}/4  ${mark.mentions} mentions  engine ${JSON.stringify(mark.memory)} MiB  page ${mark.page ?? '–'} MiB  load ${loadavg()[0]!.toFixed(1)}`,
  )
}
await (browser as { close(): Promise<void> } | null)?.close()
const code = await ended
const [middle, end] = [marks[1], marks[3]]
if (code !== 0 || !middle || !end) throw new Error(`The station ended with code ${code} before its end`)
const engineOf = ({ memory }: Mark): number => (memory.heap ?? 0) + (memory.external ?? 0)
const grown = (from: number, to: number): number => (to - from) / from
const shares = [
  ['engine (heap and what hangs on it)', grown(engineOf(middle), engineOf(end))],
  ...(middle.page !== null && end.page !== null ? [['page', grown(middle.page, end.page)] as const] : []),
] as const
for (const [what, share] of shares) console.log(`${what}: ${(share * 100).toFixed(1)} % from the middle to the end`)
process.exitCode = shares.every(([, share]) => Math.abs(share) <= MOST_SHARE) ? 0 : 1
