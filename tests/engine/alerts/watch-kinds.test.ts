import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAlertBook } from '#engine/alerts/book.ts'
import { createWatch, type Ear, type Watch } from '#engine/alerts/watch.ts'
import { silentLog } from '#engine/platform/log.ts'
import { currentListens, syncListenNumbers } from '#engine/store/listen-numbers.ts'
import { openStore } from '#engine/store/open.ts'
import { alertsOver, openAlerts } from '#engine/store/queries/alerts.ts'
import { readListens, writeListen } from '#engine/store/queries/listens.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { RollupSums } from '#engine/store/rollups.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'

const MINUTE = 60_000
const [NEGATIVE, NEUTRAL] = [0, 1]

/** The running watch over counts alone: what was heard is written to the roll-ups, minute by minute. */
describe('the watch, of counts', () => {
  const folder = temporaryFolder('watch-kinds')
  let clock: ManualClock
  let store: Awaited<ReturnType<typeof openStore>>
  let watch: Watch
  let ears: Ear[]
  let nos: number[]

  beforeEach(() => {
    clock = new ManualClock('2026-11-16T10:00:30Z')
    store = openStore({ paths: testPaths(folder.path), clock, log: silentLog })
    ears = [{ id: 'src', name: 'Mastodon', broken: false, everyMinutes: 1 }]
    store.transaction(() => {
      writeSettings(store, { brand: 'Kaffora', competitors: ['Bohnwerk'] })
      for (const [id, query] of Object.entries({ ours: 'kaffora', theirs: 'bohnwerk' }))
        writeListen(store, {
          id,
          name: query,
          colour: 1,
          query,
          enabled: true,
          routed: id === 'ours',
          createdAt: clock.now(),
          updatedAt: clock.now(),
        })
      syncListenNumbers(store, readListens(store))
    })
    nos = ['ours', 'theirs'].map((id) => currentListens(store).find(({ listenId }) => listenId === id)!.no)
    watch = createWatch({
      store,
      clock,
      log: silentLog,
      timeZone: 'Europe/Berlin',
      book: createAlertBook({ store: store as WritingStore, clock }),
      ears: () => ears,
      lexicon: () => openLexicon(null),
      meaningOf: null,
    })
  })
  afterEach(async () => {
    await store.close()
    folder.remove()
  })

  /** `minutes` in which each listen hears so many, of them so many negative. */
  function pass(minutes: number, heard: readonly (readonly [all: number, negative: number])[]): void {
    for (let minute = 0; minute < minutes; minute++) {
      const sums = new RollupSums()
      heard.forEach(([all, negative], place) => {
        for (const listen of [nos[place]!, 0]) {
          if (negative > 0) sums.add(listen, 1, clock.now(), NEGATIVE, negative)
          if (all > negative) sums.add(listen, 1, clock.now(), NEUTRAL, all - negative)
        }
      })
      store.transaction(() => sums.write(store))
      clock.advance(MINUTE)
      watch.look()
    }
  }
  const usual = [
    [4, 1],
    [4, 1],
  ] as const
  /** Of every card, over or not. */
  const kinds = (): string[] =>
    [...openAlerts(store), ...alertsOver(store, 0, 50)].flatMap(({ kind, signs }) => [
      kind,
      ...signs.map((one) => one.kind),
    ])

  it('is calm where nothing changes, for a day', () => {
    pass(24 * 60, usual)
    expect(openAlerts(store)).toEqual([])
    expect(alertsOver(store, 0, 10)).toEqual([])
  })

  it('sees a mood that dips though no more is said', () => {
    pass(24 * 60, usual)
    pass(60, [
      [4, 4],
      [4, 1],
    ])
    expect(kinds()).toContain('mood')
    const card = openAlerts(store).find(({ about }) => about.id === 'ours')
    expect(card).toMatchObject({ state: 'raised', about: { kind: 'listen', id: 'ours' } })
  })

  const turned = [
    [1, 0],
    [12, 3],
  ] as const

  it("sees a brand's share of voice that turns", () => {
    pass(3 * 24 * 60, usual)
    pass(60, turned)
    expect(kinds()).toContain('voice')
  })

  it('says nothing of a share of voice on its first day', () => {
    pass(180, usual)
    pass(180, turned)
    expect(kinds()).not.toContain('voice')
  })

  it('has no data while every ear is broken, and goes on with the same card when they hear again', () => {
    pass(180, usual)
    pass(5, [
      [60, 50],
      [4, 1],
    ])
    const [card] = openAlerts(store).filter(({ about }) => about.id === 'ours')
    expect(card).toMatchObject({ state: 'raised' })
    ears = ears.map((ear) => ({ ...ear, broken: true }))
    pass(3, [])
    const now = () => openAlerts(store).find(({ id }) => id === card!.id)
    expect(now()).toMatchObject({ state: 'noData' })
    ears = ears.map((ear) => ({ ...ear, broken: false }))
    pass(2, usual)
    expect(now()).toMatchObject({ state: 'raised' })
  })

  it('says it again when it is worse, on the same card', () => {
    pass(180, usual)
    pass(3, [
      [60, 50],
      [4, 1],
    ])
    const [card] = openAlerts(store).filter(({ about }) => about.id === 'ours')
    pass(5, [
      [600, 500],
      [4, 1],
    ])
    const same = openAlerts(store).filter(({ about }) => about.id === 'ours')
    expect(same.map(({ id }) => id)).toEqual([card!.id])
    expect(same[0]!.strength).toBeGreaterThan(card!.strength)
    expect(same[0]!.lastAt).toBeGreaterThan(card!.lastAt)
  })
})
