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

/** The first free place for a new pane, row by row from the top. */
export function place(panes: readonly Pane[], pane: Pane): Pane {
  const wanted = clamp(pane)
  const bottom = panes.reduce((most, one) => Math.max(most, one.y + one.h), 0)
  for (let y = 0; y <= bottom; y++) {
    for (let x = 0; x + wanted.w <= COLUMNS; x++) {
      const candidate = { ...wanted, x, y }
      if (!panes.some((one) => overlap(one, candidate))) return candidate
    }
  }
  return { ...wanted, x: 0, y: bottom }
}

/** Rows the layout needs; at least a screenful. */
export const rowsOf = (panes: readonly Pane[]): number =>
  panes.reduce((most, pane) => Math.max(most, pane.y + pane.h), ROWS)
