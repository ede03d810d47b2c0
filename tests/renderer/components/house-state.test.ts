import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { SourceHealth } from '#shared/model/source.ts'
import { gistOf, houseState } from '#renderer/components/house-state.ts'
import { health } from '#tests/renderer/support/cards.ts'

const T = 1_000_000_000
const card = (id: string, strength: number, more: Partial<Alert> = {}): Alert =>
  ({
    id,
    kind: 'problem',
    about: { kind: 'problem', id: `p-${id}`, name: `fault ${id}` },
    state: 'raised',
    strength,
    since: T - 60_000,
    late: false,
    silenced: null,
    mutedUntil: null,
    ...more,
  }) as Alert
const ears = (...states: SourceHealth['state'][]) =>
  states.map((state, at) => ({ id: `s${at}`, name: `Ear ${at}`, network: 'feed', health: health(state) }))
const status = (more: Partial<Parameters<typeof houseState>[0] & object> = {}) => ({
  sources: ears('live', 'quiet'),
  heardLastHour: 212,
  overdue: 0,
  storeInTrouble: false,
  ...more,
})
const kinds = (...asked: Parameters<typeof houseState>) => {
  const state = houseState(...asked)
  return state.kind === 'trouble'
    ? state.parts.map((part) => (part.kind === 'alert' ? part.alert.id : part.kind))
    : state.kind
}

describe('the state of the house', () => {
  it('is not called well before both numbers and alerts are known', () => {
    expect(houseState(null, [], T).kind).toBe('unknown')
    expect(houseState(status(), null, T).kind).toBe('unknown')
  })
  it('is calm with what was heard, small matters and ears that are off aside', () => {
    expect(houseState(status(), [card('small', 3)], T)).toEqual({ kind: 'calm', heard: 212 })
    expect(kinds(status({ sources: ears('live', 'off', 'finished') }), [], T)).toBe('calm')
  })
  it('says that nobody listens instead of that all is well', () => {
    expect(kinds(status({ sources: [], heardLastHour: 0 }), [], T)).toBe('unheard')
    expect(kinds(status({ sources: ears('off'), heardLastHour: 0 }), [], T)).toBe('unheard')
    // What came from files or programs was heard all the same.
    expect(kinds(status({ sources: [], heardLastHour: 3 }), [], T)).toBe('calm')
  })
  it('names two things, the worst first, and counts the others', () => {
    const all = [card('a', 8), card('b', 10), card('c', 5)]
    expect(houseState(status({ overdue: 2, sources: ears('broken', 'live', 'live') }), all, T)).toMatchObject({
      more: 3,
    })
    // A second alert is often the first in other words.
    expect(kinds(status({ overdue: 2 }), all, T)).toEqual(['b', 'overdue'])
    expect(kinds(status(), all, T)).toEqual(['b', 'a'])
    expect(kinds(status({ overdue: 40 }), [card('a', 8)], T)).toEqual(['overdue', 'a'])
    expect(kinds(status({ overdue: 1 }), [card('a', 8)], T)).toEqual(['a', 'overdue'])
  })
  it('puts first what makes all other numbers worthless', () => {
    expect(kinds(status({ sources: ears('broken', 'broken') }), [card('a', 10)], T)).toEqual(['deaf', 'a'])
    expect(kinds(status({ storeInTrouble: true }), [card('a', 10)], T)).toEqual(['store', 'a'])
  })
  it('leaves out cards that nobody is to hear of, are over, or say what stands beside them', () => {
    expect(kinds(status(), [card('a', 9, { mutedUntil: T + 1 }), card('b', 9, { late: true })], T)).toBe('calm')
    expect(kinds(status(), [card('a', 9, { silenced: 'Release' }), card('b', 9, { state: 'resolved' })], T)).toBe(
      'calm',
    )
    const ear = card('ear', 9, { kind: 'ear', about: { kind: 'source', id: 's0', name: 'Ear 0' } })
    expect(kinds(status({ sources: ears('broken', 'live') }), [ear], T)).toEqual(['ears'])
    expect(kinds(status({ sources: ears('quiet', 'live') }), [ear], T)).toEqual(['ear'])
    const clocks = card('clocks', 9, { kind: 'clocks', about: { kind: 'desk', id: 'd', name: 'Care' } })
    expect(kinds(status({ overdue: 3 }), [clocks], T)).toEqual(['overdue'])
    expect(kinds(status(), [clocks], T)).toEqual(['clocks'])
  })
  it('names two faults of one name once, and those without a name each', () => {
    const same = { about: { kind: 'problem' as const, id: 'x', name: 'Payment is declined' } }
    const nameless = { about: { kind: 'station' as const, id: null, name: '' } }
    expect(kinds(status(), [card('a', 9, same), card('b', 8, same)], T)).toEqual(['a'])
    expect(kinds(status(), [card('a', 9, nameless), card('b', 8, nameless)], T)).toEqual(['a', 'b'])
  })
  it('has the same gist while only its numbers change', () => {
    const before = gistOf(houseState(status({ overdue: 3 }), [card('a', 9)], T))
    expect(gistOf(houseState(status({ overdue: 4, heardLastHour: 9 }), [card('a', 10)], T))).toBe(before)
    expect(gistOf(houseState(status(), [card('a', 9)], T))).not.toBe(before)
    expect(gistOf(houseState(status(), [], T))).toBe(gistOf(houseState(status({ heardLastHour: 1 }), [], T)))
  })
})
