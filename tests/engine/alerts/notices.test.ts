import { mentionId } from '#shared/util/ids.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import { createNotices, type Notices } from '#engine/alerts/notices.ts'
import { noticesStream } from '#engine/api/notices.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
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
  it('is what a rule raises, with the case it is about, until somebody takes it', async () => {
    expect(notices.list()).toEqual([])
    const [mention] = await house.take({ ...burns, by: 'petra' })
    expect(notices.list()).toMatchObject([
      { kind: 'alert', by: 'Injury, fire or recall', author: 'petra', text: burns.text, state: 'routed', count: 1 },
    ])
    const known = caseOf(mention!.seq)
    house.board.run(commands.accept, { id: known.id }, {}, lena)
    expect(notices.list()).toEqual([])
    house.board.undo(house.board.history(known.id).at(-1)!.seq, lena)
    expect(list()).toHaveLength(1)
    house.board.run(commands.close, { id: known.id }, { reason: 'noAction' }, lena)
    expect(notices.list()).toEqual([])
  })

  it('is told also when the rule forwards nothing', async () => {
    const any = house.board.book.rules()[1]!
    house.board.book.saveRule(
      {
        ...any,
        id: undefined,
        name: 'Listen up',
        order: -1,
        when: { query: 'hello' },
        then: { ...any.then, deskId: null, hold: false, mute: false, alert: true },
      },
      lena,
    )
    await house.take({ text: 'hello there' })
    expect(list()).toEqual([{ kind: 'alert', by: 'Listen up', count: 1, hasCase: false }])
  })

  it('is known again after a restart, and over after a day', async () => {
    await house.take({ ...burns })
    const again = createNotices(house)
    expect(again.list()).toEqual(notices.list())
    house.clock.advance(25 * 3_600_000)
    await house.take({ text: 'lovely', label: 'positive' })
    await house.take({ text: 'refund for the damaged parcel', label: 'negative', intent: 'complaint' })
    expect(again.list()).toEqual([])
    expect(createNotices(house).list()).toEqual([])
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

  it('stays short however much a rule raises', async () => {
    for (let round = 0; round < 4; round++) await house.take(...Array.from({ length: 50 }, () => burns))
    expect(notices.list()).toHaveLength(50)
  })
})

describe('the stream of notices', () => {
  it('tells at once and then with every change, and a wall only what rules raise', async () => {
    const stop = new AbortController()
    const deps = { notices, clock: house.clock }
    const officer = noticesStream(deps, 'officer', stop.signal)
    const wall = noticesStream(deps, 'wall', stop.signal)
    expect((await officer.next()).value).toEqual({ notices: [] })
    expect((await wall.next()).value).toEqual({ notices: [] })
    const [mention] = await house.take({ ...burns })
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
