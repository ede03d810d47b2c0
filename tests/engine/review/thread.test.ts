import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import { silentLog } from '#engine/platform/log.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { reviewQuestions } from '#engine/review/questions.ts'
import { createReview } from '#engine/review/review.ts'
import { lookingHere, lookingThread, type Looking } from '#engine/review/thread.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import type { Shift } from '#shared/model/shift.ts'
import { lena, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'
import { testPaths } from '#tests/support/paths.ts'

let house: House
let thread: Looking
let shift: Shift
const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }

beforeEach(async () => {
  house = openHouse()
  shift = createReview({ store: house.store, clock: house.clock, timeZone: 'UTC', deskName: () => '' }).shifts.start('Late', lena) // prettier-ignore
  for (let i = 0; i < 12; i++) {
    house.clock.advance(60_000)
    await house.take({ ...complaint, by: `customer${i % 5}` }, { text: 'lovely', label: 'positive' })
    const [first] = [...allCases(house.store)].filter(({ state }) => state === 'routed')
    if (i % 3 === 2) house.board.run(commands.reply, { id: first!.id }, { text: 'sorry' }, lena)
  }
  thread = lookingThread({ store: house.store, paths: testPaths('/nowhere'), log: silentLog })
})
afterEach(async () => {
  await thread.close()
  await house.close()
})

describe('the thread that looks back', () => {
  it('answers as one would on the spot, in any order, also what happens after its first look', async () => {
    const here = lookingHere(house.store)
    const same = async (): Promise<void> => {
      const now = house.clock.now()
      for (const at of [now, shift.startedAt, now - 200_000, shift.startedAt + 90_000, now - 1]) {
        expect(await thread.ask('moment', { shift, at })).toEqual(await here.ask('moment', { shift, at }))
        const frame = { from: at - 61_000, seq: null, to: at }
        expect(await thread.ask('frame', frame)).toEqual(await here.ask('frame', frame))
      }
      expect(await thread.ask('summary', { shift, end: now })).toEqual(await here.ask('summary', { shift, end: now }))
      const timeline = { shift, now, buckets: 12 }
      expect(await thread.ask('timeline', timeline)).toEqual(await here.ask('timeline', timeline))
      expect(await thread.ask('cases', { at: now })).toEqual([...allCases(house.store)])
    }
    await same()
    house.clock.advance(60_000)
    await house.take(complaint)
    const [first] = [...allCases(house.store)].filter(({ state }) => state === 'routed')
    house.board.run(commands.accept, { id: first!.id }, {}, lena)
    await same()
    expect(await thread.ask('warm', { at: house.clock.now() })).toBeGreaterThan(20)
  })

  it('is stopped by whoever does not wait any more', async () => {
    const asked = thread.ask('moment', { shift, at: house.clock.now() }, { signal: AbortSignal.abort() })
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    const again = await thread.ask('moment', { shift, at: house.clock.now() })
    expect(again.openCases).toBeGreaterThan(5)
  })

  it('ends a first look at a long journal when it is called off, and goes on from where it was', async () => {
    const { store, clock } = house
    store.transaction(() => {
      for (let i = 0; i < 4_500; i++) appendEntry(store, { at: clock.now(), kind: 'settings.saved', actor: lena, data: {} }) // prettier-ignore
    })
    const end = clock.now()
    let looks = 0
    const context = (most: number) => ({ stationId: store.stationId, cancelled: () => ++looks > most })
    expect(() => reviewQuestions.warm(store, { at: end }, context(4))).toThrow(/Nobody waits/)
    looks = 0
    // Four thousand entries were read and need not be read again.
    const moment = reviewQuestions.moment(store, { shift, at: end }, context(Infinity))
    expect(looks).toBe(1)
    expect(moment).toEqual(await thread.ask('moment', { shift, at: end }))
  })

  it('counts what is new in a running shift once, also after a look that was called off', async () => {
    const { store, clock } = house
    const context = (isCancelled: boolean) => ({ stationId: store.stationId, cancelled: () => isCancelled })
    const summary = (isCancelled: boolean) =>
      reviewQuestions.summary(store, { shift, end: clock.now() }, context(isCancelled))
    const before = summary(false)
    clock.advance(60_000)
    await house.take(complaint)
    let looks = 0
    store.transaction(() => {
      for (let i = 0; i < 1_500; i++) appendEntry(store, { at: clock.now(), kind: 'settings.saved', actor: lena, data: {} }) // prettier-ignore
    })
    const once = { stationId: store.stationId, cancelled: () => ++looks > 1 }
    expect(() => reviewQuestions.summary(store, { shift, end: clock.now() }, once)).toThrow(/Nobody waits/)
    expect(summary(false).opened).toBe(before.opened + 1)
  })
})
