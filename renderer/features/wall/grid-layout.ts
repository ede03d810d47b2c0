import type { Pane } from '#shared/model/wall.ts'
import { definitionOf } from '#renderer/panes/registry.ts'

export const COLUMNS = 12
/** Rows that fill a screen; a layout may be taller and then scrolls. */
export const ROWS = 12

const overlap = (a: Pane, b: Pane): boolean =>
  a.id !== b.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Inside the grid and not smaller than its kind can be read. */
function clamp(pane: Pane): Pane {
  const [leastWide, leastHigh] = definitionOf(pane.kind).least
  const w = Math.min(COLUMNS, Math.max(leastWide, Math.round(pane.w)))
  const h = Math.max(leastHigh, Math.round(pane.h))
  return {
    ...pane,
    w,
    h,
    x: Math.min(COLUMNS - w, Math.max(0, Math.round(pane.x))),
    y: Math.max(0, Math.round(pane.y)),
  }
}

/** Cells that both lie on. */
const shared = (a: Pane, b: Pane): number =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))

/**
 * Puts one changed pane in place. What it covers by half or more takes the place that it left, if it fits there;
 * everything else that it covers moves down just far enough, and so on. Order of the others is kept, no two panes
 * overlap afterwards, and no pane but these moves.
 */
export function settle(panes: readonly Pane[], changed: Pane): Pane[] {
  const left = panes.find((pane) => pane.id === changed.id)
  const now = clamp(changed)
  const fixed: Pane[] = [now]
  const isFree = (place: Pane) => !fixed.some((pane) => overlap(pane, place))
  const others = panes.filter((pane) => pane.id !== changed.id).sort((a, b) => a.y - b.y || a.x - b.x)
  for (const other of others) {
    const place = { ...other }
    const covered = shared(now, other) * 2 >= other.w * other.h
    const swapped = { ...other, x: left?.x ?? 0, y: left?.y ?? 0 }
    if (left && covered && other.w <= left.w && other.h <= left.h && isFree(swapped)) Object.assign(place, swapped)
    for (let hit = fixed.find((pane) => overlap(pane, place)); hit; hit = fixed.find((pane) => overlap(pane, place)))
      place.y = hit.y + hit.h
    fixed.push(place)
  }
  const byId = new Map(fixed.map((pane) => [pane.id, pane]))
  return [...panes.map((pane) => byId.get(pane.id)!), ...(left ? [] : [now])]
}

export const move = (panes: readonly Pane[], id: string, dx: number, dy: number): Pane[] =>
  change(panes, id, (pane) => ({ ...pane, x: pane.x + dx, y: pane.y + dy }))

/** Trades places with what stands beside it in that direction, when both fill the same stretch of rows or columns. */
function trade(panes: readonly Pane[], pane: Pane, dx: number, dy: number): Pane[] | null {
  const ahead = panes.filter((one) => overlap({ ...pane, x: pane.x + dx, y: pane.y + dy }, one))
  const [first] = ahead
  if (!first) return null
  const [at, size, across, width] = dx ? (['x', 'w', 'y', 'h'] as const) : (['y', 'h', 'x', 'w'] as const)
  const fits = ahead.every(
    (one) =>
      one[at] === first[at] &&
      one[size] === first[size] &&
      one[across] >= pane[across] &&
      one[across] + one[width] <= pane[across] + pane[width],
  )
  if (!fits || (dx + dy > 0 ? pane[at] + pane[size] : first[at] + first[size]) !== (dx + dy > 0 ? first : pane)[at])
    return null
  const [own, theirs] = dx + dy > 0 ? [first[size], -pane[size]] : [-first[size], pane[size]]
  const moved = panes.map((one) =>
    one.id === pane.id
      ? { ...one, [at]: one[at] + own }
      : ahead.includes(one)
        ? { ...one, [at]: one[at] + theirs }
        : one,
  )
  return moved.some((a) => moved.some((b) => overlap(a, b))) ? null : moved
}

/**
 * One step by a key, `dx` or `dy` 1 or −1: the nearest place in that direction where all others keep theirs, trade it, or
 * give way within the screen (or within where they ended, on a taller wall). null: there is none.
 */
export function step(panes: readonly Pane[], id: string, dx: number, dy: number): Pane[] | null {
  const pane = panes.find((one) => one.id === id)!
  const bottom = (one: Pane) => one.y + one.h
  const ends = new Map(panes.map((one) => [one.id, Math.max(ROWS, one.id === id ? rowsOf(panes) : bottom(one))]))
  const keepsAll = (next: readonly Pane[]) => next.every((one) => bottom(one) <= ends.get(one.id)!)
  const free = move(panes, id, dx, dy)
  const othersStay = free.every((one, at) => one.id === id || (one.x === panes[at]!.x && one.y === panes[at]!.y))
  const farther = Array.from({ length: COLUMNS + rowsOf(panes) }, (_one, at) =>
    move(panes, id, dx * (at + 1), dy * (at + 1)),
  )
  const candidates = [...(othersStay ? [free] : []), trade(panes, pane, dx, dy) ?? [], ...farther]
  const moves = (next: readonly Pane[]) => next.some((one) => one.id === id && (one.x !== pane.x || one.y !== pane.y))
  return candidates.find((next) => moves(next) && keepsAll(next)) ?? null
}

/** Grows to the right and down; at the right edge it grows to the left instead. */
export const resize = (panes: readonly Pane[], id: string, dw: number, dh: number): Pane[] =>
  change(panes, id, (pane) => {
    const w = Math.min(COLUMNS, pane.w + dw)
    return { ...pane, w, h: pane.h + dh, x: Math.min(pane.x, COLUMNS - Math.max(1, w)) }
  })

function change(panes: readonly Pane[], id: string, how: (pane: Pane) => Pane): Pane[] {
  const pane = panes.find((one) => one.id === id)
  return pane ? settle(panes, how(pane)) : [...panes]
}

/**
 * With a new pane where it is seen: in the first free place of a screen, row by row from the top; where the screen is full,
 * in the half of the largest pane that both can be read in; else below all others.
 */
export function place(panes: readonly Pane[], pane: Pane): Pane[] {
  const wanted = clamp(pane)
  return [
    ...(placeFree(panes, wanted) ?? placeBeside(panes, wanted) ?? [...panes, { ...wanted, x: 0, y: endOf(panes) }]),
  ]
}

const endOf = (panes: readonly Pane[]): number => panes.reduce((most, one) => Math.max(most, one.y + one.h), 0)

/** As large as it wants to be, else as small as it may be. */
function placeFree(panes: readonly Pane[], wanted: Pane): Pane[] | null {
  const [w, h] = definitionOf(wanted.kind).least
  for (const size of [
    { w: wanted.w, h: wanted.h },
    { w, h },
  ])
    for (let y = 0; y + size.h <= ROWS; y++)
      for (let x = 0; x + size.w <= COLUMNS; x++) {
        const candidate = { ...wanted, ...size, x, y }
        if (!panes.some((one) => overlap(one, candidate))) return [...panes, candidate]
      }
  return null
}

/** Halves the largest pane on the first screen that can be halved. */
function placeBeside(panes: readonly Pane[], wanted: Pane): Pane[] | null {
  const [leastWide, leastHigh] = definitionOf(wanted.kind).least
  const largest = [...panes].filter(({ y, h }) => y + h <= ROWS).sort((a, b) => b.w * b.h - a.w * a.h)
  for (const one of largest) {
    const [wide, high] = definitionOf(one.kind).least
    const above = Math.ceil(one.h / 2)
    const left = Math.ceil(one.w / 2)
    const halved =
      above >= high && one.h - above >= leastHigh && one.w >= leastWide
        ? [{ h: above }, { x: one.x, y: one.y + above, w: one.w, h: one.h - above }]
        : left >= wide && one.w - left >= leastWide && one.h >= leastHigh
          ? [{ w: left }, { x: one.x + left, y: one.y, w: one.w - left, h: one.h }]
          : null
    if (halved)
      return [...panes.map((pane) => (pane === one ? { ...one, ...halved[0] } : pane)), { ...wanted, ...halved[1] }]
  }
  return null
}

/** Rows the layout needs; at least a screenful. */
export const rowsOf = (panes: readonly Pane[]): number =>
  panes.reduce((most, pane) => Math.max(most, pane.y + pane.h), ROWS)
