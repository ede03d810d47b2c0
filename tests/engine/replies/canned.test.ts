import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bulk } from '#engine/api/bulk.ts'
import * as commands from '#engine/cases/commands.ts'
import { fillReply, previewReply, type ReplyFacts } from '#engine/replies/reply-text.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { someMention } from '#tests/engine/routing/mentions.ts'
import { lena, omar, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
const all = (): StoredCase[] => [...allCases(house.store)]
const facts: ReplyFacts = { author: 'Ana', brand: 'Kaffora', officer: 'Lena', desk: 'Care', link: null, promise: null }

describe('a reply', () => {
  it('is filled for the customer, and what is not known is named and stays', () => {
    expect(fillReply('Hi {author}, {brand} by {promise} {other} {link}', facts)).toEqual({
      text: 'Hi Ana, Kaffora by {promise} {other} {link}',
      missing: ['promise', '{other}', 'link'],
    })
  })

  it.each([
    ['mastodon', 'see https://example.org/a/very/long/address/indeed @lena@ruhr.social', 4 + 23 + 1 + 5, 500],
    ['bluesky', '👩‍👩‍👧 ok', 4, 300],
    ['x', 'ab 日本 https://example.org/long', 3 + 4 + 1 + 23, 280],
    ['feed', 'abc', 3, null],
  ])('is counted as %s counts', (network, text, length, limit) => {
    expect(previewReply(text, someMention({ network }), facts)).toMatchObject({ length, limit })
  })

  it("is previewed with names from the case, times in the desk's zone and the customer's language", async () => {
    house.store.transaction(() => writeSettings(house.store, { brand: 'Kaffora' }))
    await house.take({ ...complaint, lang: 'de', by: 'petra' })
    const [c] = all()
    house.board.run(commands.reply, { id: c!.id }, { text: 'x' }, lena)
    house.board.run(commands.promise, { id: c!.id }, { text: 'x', dueAt: Date.parse('2026-11-20T16:00:00Z') }, lena)
    const preview = house.board.canned.preview(all()[0]!, '{author} {brand} {officer} {desk} {promise}', lena)
    expect(preview).toMatchObject({ text: 'petra Kaffora Lena Care Germany Freitag, 17:00', missing: [] })
  })

  it('can be kept, changed and removed; a new station has some in both languages', () => {
    const { canned } = house.board
    expect(new Set(canned.all().map((one) => one.lang))).toEqual(new Set(['en', 'de']))
    const kept = canned.save({ name: 'Refund', lang: 'en', text: 'Hi {author}' }, lena)
    canned.save({ ...kept, text: 'Hello {author}' }, lena)
    expect(canned.all().find((one) => one.id === kept.id)?.text).toBe('Hello {author}')
    for (const one of canned.all()) canned.remove(one.id, lena)
    expect(() => canned.remove(kept.id, lena)).toThrow(/no such reply/)
    expect(canned.all()).toEqual([])
  })

  it('that were all removed do not come back at the next start', async () => {
    for (const one of house.board.canned.all()) house.board.canned.remove(one.id, lena)
    await house.restart()
    expect(house.board.canned.all()).toEqual([])
  })
})

describe('one plan for many cases', () => {
  it('answers each in its own words, names what cannot be done, and can be taken back', async () => {
    await house.take({ ...complaint, by: 'ana' }, { ...complaint, by: 'ben' }, { ...complaint, by: 'cem' })
    house.board.run(commands.close, { id: all()[2]!.id }, { reason: 'spam' }, omar)
    const ids = [...all().map((c) => c.id), 'nothing']
    const done = await bulk(
      { board: house.board, clock: house.clock },
      ids,
      { do: 'reply', text: 'Sorry {author}', way: 'elsewhere' },
      lena,
    )
    expect(done.changed.map((c) => c.state)).toEqual(['replied', 'replied'])
    expect(done.failed).toEqual([
      { id: ids[2], message: 'The case is closed and cannot be answered. Open it again first.' },
      { id: 'nothing', message: 'There is no such case.' },
    ])
    const texts = all()
      .slice(0, 2)
      .map((c) => house.board.history(c.id).at(-1)!.data.text)
    expect(texts).toEqual(['Sorry ana', 'Sorry ben'])
    for (const entry of done.undo.toReversed()) house.board.undo(entry, lena)
    expect(all().map((c) => c.state)).toEqual(['routed', 'routed', 'closed'])
  })

  it('does not send what is not filled or too long', async () => {
    await house.take(complaint)
    const [c] = all()
    const tried = (text: string) =>
      bulk({ board: house.board, clock: house.clock }, [c!.id], { do: 'reply', text, way: 'elsewhere' }, lena)
    expect((await tried('by {promise}')).failed[0]!.message).toEqual(saying(/\{promise\}/))
    expect((await tried('x'.repeat(501))).failed[0]!.message).toEqual(saying(/501 characters, 500/))
    expect(all()[0]!.state).toBe('routed')
  })

  it('moves, accepts, closes and raises hundreds', async () => {
    await house.take(...Array.from({ length: 140 }, () => complaint))
    const ids = all().map((c) => c.id)
    const doing = (action: Parameters<typeof bulk>[2]) =>
      bulk({ board: house.board, clock: house.clock }, ids, action, lena)
    for (const action of [
      { do: 'route', deskId: 'desk_technical' },
      { do: 'prioritise', priority: 'urgent' },
      { do: 'accept' },
      { do: 'close', reason: 'answered', note: '' },
    ] as const) {
      expect((await doing(action)).changed).toHaveLength(140)
    }
    expect(all().every((c) => c.state === 'closed' && c.deskId === 'desk_technical' && c.priority === 'urgent')).toBe(
      true,
    )
  })
})
