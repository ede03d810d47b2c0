import { describe, expect, it } from 'vitest'
import type { Engine } from '#engine/engine.ts'
import { createEngineSlot } from '#hosts/engine-slot.ts'

/** The one thing of an engine that a slot uses. */
const engineNamed = (name: string, served: string[]): Engine =>
  ({
    serve: (role: string) => {
      served.push(`${name} ${role}`)
      return { receive: async () => {}, close: () => served.push(`${name} closed`), open: 0 }
    },
  }) as unknown as Engine

describe('the slot of an engine', () => {
  it('connects pages to the engine that is in it now and lets the others go', () => {
    const served: string[] = []
    const [first, second] = [engineNamed('first', served), engineNamed('second', served)]
    const slot = createEngineSlot(first)
    const gone: string[] = []
    const a = slot.connect('officer', () => {}, () => gone.push('a')) // prettier-ignore
    slot.connect('wall', () => {}, () => gone.push('b')) // prettier-ignore
    a.close()
    expect(slot.swap(second)).toBe(first)
    expect(gone).toEqual(['b'])
    slot.connect('officer', () => {}, () => gone.push('c')) // prettier-ignore
    expect(served).toEqual(['first officer', 'first wall', 'first closed', 'second officer'])
    slot.swap(first)
    expect(gone).toEqual(['b', 'c'])
  })
})
