import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAlertBook } from '#engine/alerts/book.ts'
import { createWatch } from '#engine/alerts/watch.ts'
import { silentLog } from '#engine/platform/log.ts'
import { alertsOver, openAlerts } from '#engine/store/queries/alerts.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { openHouse, type House } from '#tests/engine/cases/house.ts'

const MINUTE = 60_000
let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const watchOver = ({ store, clock }: House) =>
  createWatch({
    store,
    clock,
    log: silentLog,
    timeZone: 'Europe/Berlin',
    book: createAlertBook({ store: store as WritingStore, clock }),
    ears: () => [],
    lexicon: () => openLexicon(null),
    meaningOf: null,
  })
const complain = (n: number) =>
  house.take(
    ...Array.from({ length: n }, (_, at) => ({
      text: `I want a refund for the damaged parcel, order ${at}`,
      label: 'negative' as const,
      confidence: 0.9,
    })),
  )
const clocks = () => openAlerts(house.store).filter(({ kind }) => kind === 'clocks')

it('the running watch tells once of a desk whose clocks break in numbers, and says when they do no more', async () => {
  const watch = watchOver(house)
  const pass = (minutes: number): void => {
    for (let at = 0; at < minutes; at++) {
      house.clock.advance(MINUTE)
      watch.look()
    }
  }
  await complain(3)
  pass(5)
  expect(clocks()).toEqual([])
  await complain(6)
  pass(5)
  const [card, ...more] = clocks()
  expect(more).toEqual([])
  expect(card).toMatchObject({ state: 'raised', observed: 9, about: { kind: 'desk', id: 'desk_care' } })
  pass(20)
  expect(clocks().map(({ id }) => id)).toEqual([card!.id])
  // All of them broke: nothing is about to, and an hour later it is over.
  pass(120)
  expect(clocks()).toEqual([])
  expect(alertsOver(house.store, 0, 50).filter(({ kind }) => kind === 'clocks')).toMatchObject([
    { id: card!.id, state: 'resolved' },
  ])
})
