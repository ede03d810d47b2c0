import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { newPane } from '#shared/model/wall.ts'
import type { Pane } from '#shared/model/wall.ts'
import { serveStation } from '#tests/e2e/support/station.ts'
import { connectOfficer } from '#tests/support/officer.ts'
import { findChromium } from '#tests/support/chromium.ts'
import { postText } from './page-posts.ts'
import { percentile, type Measure } from './station.ts'

const PANES = 12
const PER_SECOND = 200
const SECONDS = 30
/** The file holds one post every five seconds; played 1,000 times as fast that is 200 a second. */
const SPEED = 1_000

/** A wall of twelve streams in a real browser while 200 mentions a second come in: how soon they show, and what blocks. */
export async function benchPage(): Promise<Measure[]> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found. Install it: apt-get install chromium')
  const folder = mkdtempSync(join(tmpdir(), 'earshot-page-'))
  const file = join(folder, 'posts.csv')
  writeFileSync(file, posts((SECONDS + 40) * PER_SECOND))
  const station = await serveStation()
  const browser = await chromium.launch({ executablePath })
  try {
    const officer = await connectOfficer(station.url)
    const layouts = await officer.client.station.layouts()
    await officer.client.station.saveLayout({ ...layouts[0]!, panes: twelveStreams() })
    await officer.client.station.saveSettings({ ready: true })
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(station.url)
    await page
      .locator('section .box, section .state')
      .nth(PANES - 1)
      .waitFor()
    await officer.client.sources.save({
      connector: 'file',
      name: 'flow',
      enabled: true,
      config: { path: file, speed: SPEED, network: 'twitter' },
      secrets: {},
    })
    await page.locator('article').nth(PANES).waitFor()
    await page.waitForTimeout(3_000)
    await watch(page)
    await page.waitForTimeout(SECONDS * 1_000)
    const seen = await page.evaluate(() => (window as unknown as Watched).watched)
    officer.close()
    const rows = await page.locator('article').count()
    return [
      { name: 'page.arrival-to-visible.p50', value: percentile(seen.late, 0.5), unit: 'ms' },
      { name: 'page.arrival-to-visible.p95', value: percentile(seen.late, 0.95), unit: 'ms' },
      { name: 'page.longest-task', value: Math.max(0, ...seen.long), unit: 'ms' },
      { name: 'page.tasks-over-50ms', value: seen.long.length, unit: `in ${SECONDS} s` },
      { name: 'page.frames', value: seen.frames / SECONDS, unit: 'frames/s' },
      { name: 'page.shown', value: seen.late.length / SECONDS, unit: 'cards/s' },
      { name: 'page.rows-kept', value: rows, unit: 'cards' },
    ]
  } finally {
    await browser.close()
    await station.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Watched {
  watched: { late: number[]; long: number[]; frames: number }
}

/** Notes in the page when each card's frame comes, against the time its mention was stored; and every long task. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched: Watched['watched'] = { late: [], long: [], frames: 0 }
    ;(window as unknown as Watched).watched = watched
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.long.push(Math.round(entry.duration))
    }).observe({ type: 'longtask' })
    const known = new WeakSet<Element>()
    const began = Date.now()
    const note = (card: Element): void => {
      const seen = Number((card as HTMLElement).dataset['seen'])
      if (known.has(card) || seen < began) return
      known.add(card)
      requestAnimationFrame(() => watched.late.push(Date.now() - seen))
    }
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node instanceof Element)
            (node.matches('article') ? [node] : [...node.querySelectorAll('article')]).forEach(note)
        }
      }
    }).observe(document.body, { childList: true, subtree: true })
    const frame = (): void => {
      watched.frames++
      requestAnimationFrame(frame)
    }
    frame()
  })

function twelveStreams(): Pane[] {
  const queries = ['', '', '', 'sentiment:negative', 'broken', 'sentiment:positive']
  return Array.from({ length: PANES }, (_, at) => ({
    ...newPane('stream', { id: `p${at}`, w: 3, h: 4 }),
    title: `Stream ${at + 1}`,
    query: queries[at % queries.length]!,
    x: (at % 4) * 3,
    y: Math.floor(at / 4) * 4,
  }))
}

function posts(count: number): string {
  const lines = ['id,created_at,handle,followers,text']
  for (let at = 0; at < count; at++) {
    lines.push(
      `p${at},${new Date(1_767_225_600_000 + at * 5_000).toISOString()},user${at % 2_000},${(at * 37) % 50_000},"${postText(at)}"`,
    )
  }
  return `${lines.join('\n')}\n`
}
