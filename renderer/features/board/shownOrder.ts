/** What a list shows, and what waits behind "3 new" so that nothing moves under the officer's eyes. */
export interface ShownOrder {
  shown: string[]
  pending: string[]
}

/**
 * The next order of a list whose right order is `wanted`. While `hold` is on, what is shown keeps its place, what is
 * gone goes, and what is new waits in `pending` (in its right order); while the list is still `filling`, what belongs below
 * all that is shown goes there: that moves nothing. `keep` stays in its place although it is gone.
 */
export function nextOrder(
  shown: readonly string[],
  wanted: readonly string[],
  hold: boolean,
  { keep = null, filling = false }: { keep?: string | null; filling?: boolean } = {},
): ShownOrder {
  const at = keep === null || wanted.includes(keep) ? -1 : shown.indexOf(keep)
  if (!hold || shown.length === 0) return { shown: at < 0 ? [...wanted] : wanted.toSpliced(at, 0, keep!), pending: [] }
  const alive = new Set(wanted)
  const kept = shown.filter((id, index) => alive.has(id) || index === at)
  if (kept.length === 0) return { shown: [...wanted], pending: [] }
  const known = new Set(kept)
  const below = filling ? wanted.findLastIndex((id) => known.has(id)) + 1 : wanted.length
  return {
    shown: [...kept, ...wanted.slice(below)],
    pending: wanted.slice(0, below).filter((id) => !known.has(id)),
  }
}

/**
 * Where the selection goes when the order changes: it stays on its case; when that has left the list, to the next one
 * below that is still there, else to the nearest above, else to the first.
 */
export function nextSelection(
  before: readonly string[],
  selected: string | null,
  after: readonly string[],
): string | null {
  if (after.length === 0) return null
  const alive = new Set(after)
  if (selected !== null && alive.has(selected)) return selected
  const index = selected === null ? -1 : before.indexOf(selected)
  if (index >= 0) {
    for (let below = index + 1; below < before.length; below++) if (alive.has(before[below]!)) return before[below]!
    for (let above = index - 1; above >= 0; above--) if (alive.has(before[above]!)) return before[above]!
  }
  return after[0]!
}

/** The neighbour `step` away in `order`; stops at the ends. Without a selection: the first or the last. */
export function neighbour(order: readonly string[], selected: string | null, step: number): string | null {
  if (order.length === 0) return null
  const index = selected === null ? -1 : order.indexOf(selected)
  if (index < 0) return step > 0 ? order[0]! : order[order.length - 1]!
  return order[Math.min(order.length - 1, Math.max(0, index + step))]!
}
