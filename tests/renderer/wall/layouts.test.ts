import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultLayout } from '#shared/model/default-layout.ts'
import type { Pane } from '#shared/model/wall.ts'
import { COLUMNS, move, place, ROWS, resize, rowsOf, settle, step } from '#renderer/features/wall/grid-layout.ts'
import { layoutFileName, readLayoutFile, writeLayoutFile } from '#renderer/features/wall/layout-file.ts'
import { lastPeriod } from '#renderer/panes/pane-period.ts'
import { definitionOf, newPane } from '#renderer/panes/registry.ts'

const overlaps = (panes: readonly Pane[]) =>
  panes.flatMap((a, at) =>
    panes
      .slice(at + 1)
      .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((b) => `${a.id}/${b.id}`),
  )
const inside = (panes: readonly Pane[]) =>
  panes.every(
    (pane) =>
      pane.x >= 0 &&
      pane.y >= 0 &&
      pane.x + pane.w <= COLUMNS &&
      pane.w >= definitionOf(pane.kind).least[0] &&
      pane.h >= definitionOf(pane.kind).least[1],
  )

describe('panes', () => {
  it('never overlap or leave the grid, however they are moved and sized', () => {
    const step = fc.record({
      how: fc.constantFrom('move', 'resize', 'add'),
      at: fc.nat(20),
      dx: fc.integer({ min: -14, max: 14 }),
      dy: fc.integer({ min: -14, max: 14 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let panes = defaultLayout.panes
        for (const { how, at, dx, dy } of steps) {
          const id = panes[at % panes.length]!.id
          panes = how === 'add' ? place(panes, newPane('stream')) : (how === 'move' ? move : resize)(panes, id, dx, dy)
          expect(overlaps(panes)).toEqual([])
          expect(inside(panes)).toBe(true)
        }
      }),
      { numRuns: 80 },
    )
  })
  it('give way downwards and keep their order', () => {
    const two = (x: number, y: number, id: string): Pane => ({ ...newPane('networks'), id, x, y, w: 4, h: 3 })
    const panes = [two(0, 0, 'a'), two(0, 3, 'b'), two(6, 0, 'c')]
    const after = settle(panes, { ...panes[2]!, x: 2, y: 1 })
    expect(after.map((pane) => [pane.id, pane.x, pane.y])).toEqual([
      ['a', 0, 4],
      ['b', 0, 7],
      ['c', 2, 1],
    ])
  })
  it('trade places where one is put on another, so that a full screen stays one', () => {
    const streams = defaultLayout.panes
    const after = move(streams, 'negative', -2, 0)
    expect(after.find(({ id }) => id === 'negative')).toMatchObject({ x: 1, y: 0 })
    expect(rowsOf(after)).toBeGreaterThan(12)
    const traded = move(streams, 'negative', -3, 0)
    expect(traded.map(({ id, x, y, w, h }) => [id, x, y, w, h])).toEqual(
      streams.map(({ id, x, y, w, h }) => [id, id === 'all' ? 3 : id === 'negative' ? 0 : x, y, w, h]),
    )
    expect(rowsOf(traded)).toBe(12)
  })
  describe('by a key', () => {
    const ways: [number, number][] = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]
    const where = (panes: readonly Pane[] | null) =>
      Object.fromEntries((panes ?? []).map(({ id, x, y }) => [id, [x, y]]))
    it('keep all others in sight, wherever one is moved', () => {
      fc.assert(
        fc.property(
          fc.array(fc.record({ at: fc.nat(20), way: fc.constantFrom(...ways) }), { maxLength: 30 }),
          (steps) => {
            let panes = defaultLayout.panes
            for (const { at, way } of steps) {
              const next = step(panes, panes[at % panes.length]!.id, ...way)
              if (!next) continue
              expect(overlaps(next)).toEqual([])
              expect(inside(next)).toBe(true)
              expect(rowsOf(next)).toBe(ROWS)
              expect(next.map(({ id, w, h }) => [id, w, h])).toEqual(panes.map(({ id, w, h }) => [id, w, h]))
              panes = next
            }
          },
        ),
        { numRuns: 80 },
      )
    })
    it('trade places with what stands beside them, however wide that is', () => {
      const before = where(defaultLayout.panes)
      expect(where(step(defaultLayout.panes, 'all', 1, 0))).toEqual({ ...before, all: [3, 0], negative: [0, 0] })
      expect(where(step(defaultLayout.panes, 'networks', -1, 0))).toEqual({
        ...before,
        networks: [6, 2],
        sentiment: [8, 2],
      })
      expect(where(step(defaultLayout.panes, 'problems', 1, 0))).toEqual({
        ...before,
        problems: [9, 7],
        waiting: [6, 7],
      })
    })
    it('step into what is free, and stay where there is nothing', () => {
      const [one, other] = defaultLayout.panes.slice(0, 2) as [Pane, Pane]
      const panes = [one, { ...other, x: 8 }]
      expect(where(step(panes, one.id, 1, 0))).toEqual({ [one.id]: [1, 0], [other.id]: [8, 0] })
      expect(step(panes, one.id, -1, 0)).toBeNull()
      expect(step(defaultLayout.panes, 'all', 0, 1)).toBeNull()
    })
  })
  describe('that are new', () => {
    it('are in sight as long as there is a pane that both can be read in half of', () => {
      let panes = defaultLayout.panes
      for (const kind of ['numbers', 'series', 'stream', 'alerts', 'crisis'] as const) {
        const fresh = newPane(kind)
        panes = place(panes, fresh)
        expect(panes.some(({ id }) => id === fresh.id)).toBe(true)
        expect(overlaps(panes)).toEqual([])
        expect(inside(panes)).toBe(true)
        expect(rowsOf(panes)).toBe(ROWS)
      }
      const ids = new Set(panes.map(({ id }) => id))
      expect(defaultLayout.panes.every(({ id }) => ids.has(id))).toBe(true)
    })
    it('leave the others as they are where there is a free place', () => {
      const panes = defaultLayout.panes.slice(1)
      expect(place(panes, newPane('numbers')).slice(0, -1)).toEqual(panes)
    })
    it('stand below where nothing can be halved any more', () => {
      let panes = defaultLayout.panes
      for (let at = 0; at < 24; at++) panes = place(panes, newPane('series'))
      expect(overlaps(panes)).toEqual([])
      expect(inside(panes)).toBe(true)
      expect(panes).toHaveLength(defaultLayout.panes.length + 24)
      expect(rowsOf(panes)).toBeGreaterThan(ROWS)
    })
  })
  it('start without overlaps', () => {
    expect(overlaps(defaultLayout.panes)).toEqual([])
    expect(inside(defaultLayout.panes)).toBe(true)
  })
})

describe('a layout file', () => {
  const layout = { ...defaultLayout, name: 'Früh­schicht / Wand 1' }
  it('comes back as it was, under new ids', async () => {
    const read = await readLayoutFile(writeLayoutFile(layout))
    expect(read.ok).toBe(true)
    if (!read.ok) return
    const bare = (panes: Pane[]) => panes.map(({ id: _id, ...rest }) => rest)
    expect(bare(read.layout.panes)).toEqual(bare(layout.panes))
    expect(read.layout.id).not.toBe(layout.id)
    expect(layoutFileName(layout.name)).toMatch(/^früh.*wand-1\.earshot-layout\.json$/)
  })
  it.each([
    ['', 'notJson'],
    ['{"a":', 'notJson'],
    ['[]', 'otherFormat'],
    ['null', 'otherFormat'],
    ['{"format":"something"}', 'otherFormat'],
    ['{"format":"earshot-wall-layout","version":9}', 'newer'],
    ['{"format":"earshot-wall-layout","version":1,"name":"x","panes":[{"kind":"stream"}]}', 'damaged'],
    ['{"format":"earshot-wall-layout","version":1,"name":"","panes":[]}', 'damaged'],
  ])('that reads %s is refused: %s', async (text, problem) => {
    expect(await readLayoutFile(text)).toMatchObject({ ok: false, problem })
  })
})

it.each([
  [15, 1, 15],
  [480, 5, 96],
  [1440, 15, 96],
  [10_080, 120, 84],
])('the last %d minutes are drawn per %d min in %d bars that start on round times', (minutes, per, bars) => {
  const now = Date.UTC(2026, 10, 21, 10, 41, 8)
  const { from, to, bucketMinutes } = lastPeriod(now, minutes)
  expect(bucketMinutes).toBe(per)
  expect((to - from) / (per * 60_000)).toBe(bars)
  expect(from % (per * 60_000)).toBe(0)
  expect(to).toBeGreaterThan(now)
})
