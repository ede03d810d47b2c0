import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { placeWindow, wallDisplay } from '#main/window-state.ts'
import type { Area } from '#main/window-state.ts'

const desk: Area = { x: 0, y: 0, width: 1920, height: 1040 }
const side: Area = { x: 1920, y: -200, width: 2560, height: 1400 }
const kept = { x: 2000, y: 0, width: 1200, height: 800, maximized: false, fullScreen: false }

describe('where the window opens', () => {
  it('is where it was left', () => {
    expect(placeWindow(JSON.stringify(kept), [desk, side])).toEqual(kept)
  })

  it('is the middle of the first display when its own is gone, still maximized if it was', () => {
    expect(placeWindow(JSON.stringify({ ...kept, maximized: true }), [desk])).toMatchObject({
      x: 240,
      y: 70,
      maximized: true,
    })
  })

  it.each([
    null,
    '',
    'nonsense',
    '{}',
    '[]',
    '{"x":1}',
    JSON.stringify({ ...kept, width: 'wide' }),
    JSON.stringify({ ...kept, width: 1e9 }),
  ])('does not trust a kept %j', (text) => {
    expect(placeWindow(text, [desk])).toMatchObject({ x: 240, width: 1440, maximized: false })
  })

  it('always leaves a title bar to grab and fits the display', () => {
    const area = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }), width: fc.integer({ min: 640, max: 4000 }), height: fc.integer({ min: 480, max: 3000 }) }) // prettier-ignore
    const state = fc.record({ x: fc.integer({ min: -9000, max: 9000 }), y: fc.integer({ min: -9000, max: 9000 }), width: fc.integer({ min: 200, max: 9000 }), height: fc.integer({ min: 200, max: 9000 }), maximized: fc.boolean(), fullScreen: fc.boolean() }) // prettier-ignore
    fc.assert(
      fc.property(state, area, area, (left, first, second) => {
        const placed = placeWindow(JSON.stringify(left), [first, second])
        const reachable = [first, second].some((display) => {
          const across = Math.min(placed.x + placed.width, display.x + display.width) - Math.max(placed.x, display.x)
          return across >= 120 && placed.y >= display.y && placed.y + 40 <= display.y + display.height
        })
        return reachable
      }),
    )
  })
})

describe('the display of the wall', () => {
  const displays = [{ id: 1, bounds: desk }, { id: 2, bounds: side }] // prettier-ignore

  it('is the one where the officer is not', () => {
    expect(wallDisplay(displays, { x: 100, y: 100, width: 800, height: 600 })?.id).toBe(2)
    expect(wallDisplay(displays, { x: 2100, y: 100, width: 800, height: 600 })?.id).toBe(1)
  })

  it('does not exist with one display', () => {
    expect(wallDisplay([displays[0]!], { x: 100, y: 100, width: 800, height: 600 })).toBeUndefined()
  })
})
