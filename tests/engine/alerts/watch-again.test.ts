import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAlertBook } from '#engine/alerts/book.ts'
import { createWatch, type Watch } from '#engine/alerts/watch.ts'
import { silentLog } from '#engine/platform/log.ts'
import { currentListens, syncListenNumbers } from '#engine/store/listen-numbers.ts'
import { openStore } from '#engine/store/open.ts'
import { alertsOver, openAlerts } from '#engine/store/queries/alerts.ts'
import { readListens, writeListen } from '#engine/store/queries/listens.ts'
import { RollupSums } from '#engine/store/rollups.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'

const MINUTE = 60_000
const DAY = 24 * 60
const NEUTRAL = 1

/** The running watch over one listen whose counts are odd, come back, or are cut off. */
describe('the watch, of counts that are not as they should be', () => {
  const folder = temporaryFolder('watch-again')
  let clock: ManualClock
  let store: Awaited<ReturnType<typeof openStore>>
  let watch: Watch
  let no: number
  let place: string
  let made = 0

  const openIn = (at: string) => openStore({ paths: testPaths(at), clock, log: silentLog })
  const watchOver = (of: typeof store): Watch =>
    createWatch({
      store: of,
      clock,
      log: silentLog,
      timeZone: 'Europe/Berlin',
      book: createAlertBook({ store: of as WritingStore, clock }),
      ears: () => [{ id: 'src', name: 'Mastodon', broken: false, everyMinutes: 1 }],
      lexicon: () => openLexicon(null),
      meaningOf: null,
    })

  beforeEach(() => {
    clock = new ManualClock('2026-11-16T10:00:30Z')
    place = join(folder.path, `station-${made++}`)
    store = openIn(place)
    store.transaction(() => {
      const [createdAt, updatedAt] = [clock.now(), clock.now()]
      const listen = { id: 'ours', name: 'ours', colour: 1, query: 'kaffora', enabled: true, routed: true }
      writeListen(store, { ...listen, createdAt, updatedAt })
      syncListenNumbers(store, readListens(store))
    })
    no = currentListens(store)[0]!.no
    watch = watchOver(store)
  })
  afterEach(async () => {
    await store.close()
    folder.remove()
  })

  function hear(n: number): void {
    const sums = new RollupSums()
    if (n > 0) for (const listen of [no, 0]) sums.add(listen, 1, clock.now(), NEUTRAL, n)
    store.transaction(() => sums.write(store))
  }
  function pass(minutes: number, heard: (minute: number) => number): void {
    for (let minute = 0; minute < minutes; minute++) {
      hear(heard(minute))
      clock.advance(MINUTE)
      watch.look()
    }
  }
  const usual = (): number => 4
  const cards = () =>
    [...openAlerts(store), ...alertsOver(store, 0, 50)].sort((a, b) => (a.raisedAt ?? 0) - (b.raisedAt ?? 0))

  it('raises the same burst again when it comes back days later', () => {
    pass(DAY, usual)
    pass(5, () => 60)
    expect(cards()).toMatchObject([{ kind: 'rise', state: 'raised' }])
    pass(3 * DAY, usual)
    expect(cards()).toMatchObject([{ state: 'resolved' }])
    pass(5, () => 60)
    expect(cards()).toMatchObject([
      { kind: 'rise', state: 'resolved' },
      { kind: 'rise', state: 'raised' },
    ])
  })

  it('says nothing of zeros, for two days', () => {
    pass(2 * DAY, () => 0)
    expect(cards()).toEqual([])
  })

  it('raises one card for one huge minute and is calm afterwards', () => {
    pass(DAY, usual)
    pass(1, () => 100_000)
    pass(DAY, usual)
    expect(cards().filter(({ kind }) => kind === 'rise')).toHaveLength(1)
    expect(openAlerts(store)).toEqual([])
  })

  it('is not blind to a crisis after one huge minute of the day before', () => {
    pass(DAY, usual)
    pass(1, () => 100_000)
    pass(DAY, usual)
    pass(60, () => 60)
    expect(openAlerts(store)).toMatchObject([{ kind: 'rise', state: 'raised' }])
  })

  it('takes hours in which nobody looked and nothing was heard for a gap: no drop in them, none after', () => {
    pass(DAY, usual)
    clock.advance(5 * 60 * MINUTE)
    watch.look()
    pass(60, usual)
    expect(cards()).toEqual([])
  })

  it('counts a minute once however often it is looked at, also after the time went back over it', () => {
    pass(DAY, usual)
    watch.look()
    clock.set(-10 * MINUTE)
    watch.look()
    clock.set(10 * MINUTE)
    watch.look()
    pass(30, usual)
    expect(cards()).toEqual([])
  })

  it('is the same when it dies in the middle of a minute that is being worked: nothing is lost, nothing raised twice', async () => {
    pass(DAY, usual)
    // Dies in the minute that raises the card, before it is written down: the look is undone with its transaction.
    const died = new Error('killed')
    const lookAndDie = (): void =>
      store.transaction(() => {
        watch.look()
        if (openAlerts(store).length > 0) throw died
      })
    const burst = (): void => {
      for (let minute = 0; minute < 10; minute++) {
        hear(60)
        clock.advance(MINUTE)
        lookAndDie()
      }
    }
    expect(burst).toThrow(died)
    expect(cards()).toEqual([])
    await store.close()
    store = openIn(place)
    watch = watchOver(store)
    watch.look()
    pass(5, () => 60)
    expect(cards()).toMatchObject([{ kind: 'rise', state: 'raised', late: false }])
  })
})
