import { connectionOf } from '#engine/store/connections.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  appendEntry, entriesAfter, entriesBetween, entriesOfCase, entriesOfMention, entryBySeq, lastEntrySeq,
} from '#engine/store/queries/journal.ts' // prettier-ignore
import { verifyJournal } from '#engine/store/journal-chain.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import type { Actor } from '#shared/model/journal.ts'
import { openTestStation, type TestStation } from '#tests/engine/store/station.ts'

const lena: Actor = { kind: 'officer', id: 'lena', name: 'Lena' }
let station: TestStation
beforeEach(() => {
  station = openTestStation()
})
afterEach(() => station.close())

const append = (
  at: number,
  more: { mentionId?: string; caseId?: string; data?: Record<string, unknown> } = {},
): number =>
  station.store.transaction(() =>
    appendEntry(station.store, { at, kind: 'case.noted', actor: lena, data: {}, ...more }),
  )

describe('the journal', () => {
  it('numbers entries and finds them by mention, case and time', () => {
    append(1000, { mentionId: 'm-1', caseId: 'c-1', data: { text: 'first', list: [1, null, 'ü'] } })
    append(2000, { mentionId: 'm-2' })
    append(3000, { mentionId: 'm-1', caseId: 'c-1' })
    const db = connectionOf(station.store)
    expect(lastEntrySeq(db)).toBe(3)
    expect(entryBySeq(db, 1)).toEqual({
      seq: 1, at: 1000, kind: 'case.noted', actor: lena, mentionId: 'm-1', caseId: 'c-1',
      data: { text: 'first', list: [1, null, 'ü'] },
    }) // prettier-ignore
    expect(entriesOfMention(db, 'm-1').map((entry) => entry.seq)).toEqual([1, 3])
    expect(entriesOfCase(db, 'c-1').map((entry) => entry.seq)).toEqual([1, 3])
    expect(entriesBetween(db, { from: 1000, to: 3000, limit: 10 }).map((entry) => entry.seq)).toEqual([2, 1])
    expect(entriesBetween(db, { from: null, to: null, beforeSeq: 3, limit: 1 }).map((entry) => entry.seq)).toEqual([2])
    expect(entriesAfter(db, 1, 10).map((entry) => entry.seq)).toEqual([2, 3])
  })

  it('is written only together with what it tells', () => {
    expect(() => appendEntry(station.store, { at: 1, kind: 'case.noted', actor: lena, data: {} })).toThrow(
      /transaction/,
    )
    expect(() =>
      station.store.transaction(() => {
        appendEntry(station.store, { at: 1, kind: 'case.noted', actor: lena, data: {} })
        throw new Error('the deed failed')
      }),
    ).toThrow('the deed failed')
    expect(lastEntrySeq(station.store)).toBe(0)
  })

  it('cannot be changed or removed', () => {
    append(1)
    expect(() => connectionOf(station.store).exec('UPDATE journal SET at = 5')).toThrow(/never changed/)
    expect(() => connectionOf(station.store).exec('DELETE FROM journal')).toThrow(/never removed/)
  })

  it.each([
    ['a changed word', 'UPDATE journal SET data = \'{"text":"other"}\' WHERE seq = 5', 5],
    ['a changed time', 'UPDATE journal SET at = at + 1 WHERE seq = 2', 2],
    ['another author', "UPDATE journal SET actor_name = 'Omar' WHERE seq = 9", 9],
    ['a removed entry', 'DELETE FROM journal WHERE seq = 4', 5],
    ['a removed beginning', 'DELETE FROM journal WHERE seq = 1', 2],
  ])('notices %s behind its back', (_what, sql, brokenAt) => {
    for (let i = 1; i <= 10; i++) append(i * 1000, { data: { text: `entry ${i}` } })
    const db = connectionOf(station.store)
    expect(verifyJournal(db)).toEqual({ entries: 10, brokenAt: null })
    db.exec('DROP TRIGGER journal_keeps; DROP TRIGGER journal_stays')
    db.exec(sql)
    expect(verifyJournal(db).brokenAt).toBe(brokenAt)
  })
})

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: [2, { d: 3, c: null }] }, '{"a":[2,{"c":null,"d":3}],"b":1}'],
    [{ a: undefined, b: 'x"y' }, '{"b":"x\\"y"}'],
    [[undefined, 1.5], '[null,1.5]'],
    ['ü\n', '"ü\\n"'],
  ])('of %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })
})
