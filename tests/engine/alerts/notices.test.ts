import { mentionId } from '#shared/util/ids.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNotices, type Notices } from '#engine/alerts/notices.ts'
import { createWatch } from '#engine/alerts/watch.ts'
import { noticesStream } from '#engine/api/notices.ts'
import { silentLog } from '#engine/platform/log.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'

const burns = { text: 'The machine caught fire, a child was injured', label: 'negative' as const }
let house: House
let notices: Notices
const list = () => notices.list().map(({ kind, by, count, caseId }) => ({ kind, by, count, hasCase: caseId !== null }))
const caseOf = (seq: number) => caseOfMention(house.store, mentionId(house.store.stationId, seq))!

beforeEach(() => {
  house = openHouse()
  notices = createNotices(house)
})
afterEach(() => house.close())

describe('what officers must not miss', () => {
  it('is no word of a rule: that is a card of the alerts', async () => {
    await house.take({ ...burns, by: 'petra' })
    expect(notices.list()).toEqual([])
  })

  it('is an answer that was not delivered, and what a desk outside says', async () => {
    const [first, second] = await house.take(
      { text: 'refund for the damaged parcel', label: 'negative', intent: 'complaint', confidence: 0.95 },
      { text: 'refund for the damaged bag', label: 'negative', intent: 'complaint', confidence: 0.95 },
    )
    const set = (seq: number, after: object) =>
      house.board.ledger.transact(() =>
        house.board.ledger.change(caseOf(seq), { kind: 'answer.failed', after: after as never }, lena),
      )
    set(first!.seq, { answer: 'failed' })
    house.clock.advance(1_000)
    set(second!.seq, {
      deskSays: { kind: 'asks', text: 'Which bag?', by: 'Ines', at: house.clock.now(), handoff: 'h' },
    })
    expect(notices.list()).toMatchObject([{ kind: 'desk', by: 'Ines', text: 'Which bag?' }, { kind: 'failed' }])
    expect(createNotices(house).list()).toEqual(notices.list())
    set(first!.seq, { answer: 'sent' })
    expect(list().map(({ kind }) => kind)).toEqual(['desk'])
  })
})

describe('the stream of notices', () => {
  it('tells at once and then with every change, and a wall only of cards and of who waits', async () => {
    const stop = new AbortController()
    const deps = { notices, clock: house.clock }
    const officer = noticesStream(deps, 'officer', stop.signal)
    const wall = noticesStream(deps, 'wall', stop.signal)
    expect((await officer.next()).value).toEqual({ notices: [] })
    expect((await wall.next()).value).toEqual({ notices: [] })
    const [mention] = await house.take({ ...burns })
    const watch = createWatch({
      store: house.store,
      clock: house.clock,
      log: silentLog,
      timeZone: 'Europe/Berlin',
      book: house.board.alerts,
      ears: () => [],
      lexicon: () => openLexicon(null),
      meaningOf: null,
    })
    watch.look()
    const next = Promise.all([officer.next(), wall.next()])
    await house.clock.run(1_000, 500)
    for (const { value } of await next) expect(value?.notices).toHaveLength(1)
    const says = { kind: 'asks', text: 'Where?', by: 'Ines', at: house.clock.now(), handoff: 'h' }
    house.board.ledger.transact(
      () =>
      house.board.ledger.change(caseOf(mention!.seq), { kind: 'handoff.asked', after: { deskSays: says as never } }, lena), // prettier-ignore
    )
    const more = officer.next()
    await house.clock.run(1_000, 500)
    expect((await more).value?.notices.map(({ kind }) => kind).sort()).toEqual(['alert', 'desk'])
    stop.abort()
    expect((await officer.next()).done).toBe(true)
  })
})
