import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAlertBook } from '#engine/alerts/book.ts'
import { createWatch } from '#engine/alerts/watch.ts'
import { silentLog } from '#engine/platform/log.ts'
import { sourceTreePaths } from '#engine/platform/paths.ts'
import { currentListens, syncListenNumbers } from '#engine/store/listen-numbers.ts'
import { openStore } from '#engine/store/open.ts'
import { readListens, writeListen } from '#engine/store/queries/listens.ts'
import { RollupSums } from '#engine/store/rollups.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import type { Measure } from './station.ts'

const LISTENS = 500
const MINUTES = 150
/** Every series is learned and the code compiled by then. */
const WARM = 40
const MINUTE = 60_000

/** The whole watch over a store of 500 listens, each with something in three of ten minutes: processor time of its thread a minute, with what is written. */
export async function benchWatch(): Promise<Measure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'earshot-bench-watch-'))
  const clock = new ManualClock('2026-11-20T10:00:30Z')
  const store = openStore({ paths: sourceTreePaths(process.cwd(), dir), clock, log: silentLog })
  try {
    const at = clock.now()
    store.transaction(() => {
      for (let no = 0; no < LISTENS; no++)
        writeListen(store, {
          id: `l${no}`,
          name: `Listen ${no}`,
          colour: 1,
          query: `word${no}`,
          enabled: true,
          routed: true,
          createdAt: at,
          updatedAt: at,
        })
      syncListenNumbers(store, readListens(store))
    })
    const listens = currentListens(store)
    const book = createAlertBook({ store, clock })
    const watch = createWatch({
      store,
      clock,
      log: silentLog,
      timeZone: 'Europe/Berlin',
      book,
      ears: () => [],
      lexicon: () => openLexicon(null),
      meaningOf: null,
    })
    const took: number[] = []
    for (let minute = 0; minute < MINUTES; minute++) {
      const sums = new RollupSums()
      listens.forEach(({ no }, place) => {
        for (let n = (place * 7 + minute * 3) % 10; n < 3; n++) sums.add(no, 1, clock.now(), n)
      })
      sums.add(0, 1, clock.now(), 1, LISTENS)
      store.transaction(() => sums.write(store))
      clock.advance(MINUTE)
      const before = process.threadCpuUsage()
      watch.look()
      const { user, system } = process.threadCpuUsage(before)
      if (minute >= WARM) took.push((user + system) / 1000)
    }
    took.sort((a, b) => a - b)
    return [
      {
        name: `alerts: the whole watch, a minute of ${LISTENS} listens, median`,
        value: took[Math.floor(took.length / 2)]!,
        unit: 'ms',
      },
      { name: 'alerts: the whole watch, p95', value: took[Math.floor(took.length * 0.95)]!, unit: 'ms' },
      { name: 'alerts: the whole watch, the longest minute', value: took.at(-1)!, unit: 'ms' },
    ]
  } finally {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
