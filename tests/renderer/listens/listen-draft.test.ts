import { describe, expect, it } from 'vitest'
import { draftFaults, duplicateOf, emptyListen, isChanged } from '#renderer/features/listens/listenDraft.ts'

const saved = { id: 'lis_1', name: 'Brewly', colour: 1, query: 'brewly', enabled: true, routed: true }

describe('listen drafts', () => {
  it('starts with the colour that is used least', () => {
    expect(emptyListen([]).colour).toBe(1)
    expect(emptyListen([{ colour: 1 }, { colour: 2 }]).colour).toBe(3)
    expect(emptyListen([1, 2, 3, 4, 5, 6, 7, 8, 1].map((colour) => ({ colour }))).colour).toBe(2)
  })
  it('copies under a free name and without the id', () => {
    const copy = duplicateOf({ ...saved, name: 'Brewly 2' }, [{ name: 'Brewly' }, { name: 'Brewly 2' }])
    expect(copy).toEqual({ name: 'Brewly 3', colour: 1, query: 'brewly', enabled: true, routed: true })
  })
  it('knows whether something changed', () => {
    expect(isChanged(saved, { ...saved })).toBe(false)
    expect(isChanged({ ...saved, enabled: false }, saved)).toBe(true)
    expect(isChanged({ ...saved, about: '' }, saved)).toBe(false)
    expect(isChanged({ ...saved, about: 'Maker of kettles' }, saved)).toBe(true)
    expect(isChanged(emptyListen([]), null)).toBe(false)
    expect(isChanged({ ...emptyListen([]), query: 'x' }, null)).toBe(true)
  })
  it('says what stands against saving', () => {
    expect(draftFaults({ ...saved, name: ' ', query: '' })).toEqual(['name', 'query'])
    expect(draftFaults({ ...saved, query: 'x'.repeat(16_385) })).toEqual(['long'])
    expect(draftFaults(saved)).toEqual([])
  })
})
