import { globMatches } from './glob.ts'
import type { Place } from './plan.ts'
import type { Slot } from './slots.ts'

/** The words of a mention in a row: title, boundary, text, boundary. `tags[i]`: the hashtag or handle that word i begins. */
export interface Stream {
  norms: readonly string[]
  tags: readonly (string | null)[]
}

/** Positions in the stream, end exclusive. */
export type Range = readonly [start: number, end: number]

export function fits(slot: Slot, stream: Stream, at: number): boolean {
  if (slot.norm !== null ? stream.norms[at] !== slot.norm : !globMatches(slot.glob!, stream.norms[at] as string))
    return false
  return slot.tag === null || stream.tags[at] === slot.tag
}

/** Where the slots stand in a row; at most `limit` places. */
export function findRows(stream: Stream, slots: readonly Slot[], limit = Infinity): Range[] {
  const found: Range[] = []
  const last = stream.norms.length - slots.length
  if (slots.length === 0) return found
  next: for (let at = 0; at <= last; at++) {
    for (let i = 0; i < slots.length; i++) if (!fits(slots[i] as Slot, stream, at + i)) continue next
    found.push([at, at + slots.length])
    if (found.length >= limit) break
  }
  return found
}

/**
 * Stretches that hold every slot, with at most `distance` other words in them. The same condition as FTS5's
 * NEAR(a b c, distance + slots − 2): last start − each start − 1 ≤ n.
 */
export function windowsOf(stream: Stream, slots: readonly Slot[], distance: number, limit = Infinity): Range[] {
  const reach = distance + Math.max(0, slots.length - 2)
  const found: Range[] = []
  const latest: number[] = slots.map(() => -1)
  for (let at = 0; at < stream.norms.length; at++) {
    let touched = false
    for (let i = 0; i < slots.length; i++) {
      if (fits(slots[i] as Slot, stream, at)) {
        latest[i] = at
        touched = true
      }
    }
    if (!touched) continue
    let first = at
    for (const position of latest) if (position < first) first = position
    if (first >= 0 && at - first - 1 <= reach) {
      found.push([first, at + 1])
      if (found.length >= limit) break
    }
  }
  return found
}

/** So many places on one side are looked at: a text of one repeated word must not cost its square. */
const MOST = 2_000

/** Where a place is met. Two ranges are near when at most `distance` words lie between them; FTS5's NEAR counts so too. */
export function placesOf(stream: Stream, place: Place): Range[] {
  if ('any' in place) return place.any.flatMap((slots) => findRows(stream, slots, MOST))
  const left = sorted(placesOf(stream, place.left))
  if (left.length === 0) return left
  const right = sorted(placesOf(stream, place.right))
  const found: Range[] = []
  for (const a of left) {
    for (const b of right) {
      if (b[0] - a[1] > place.distance) break
      const gap = place.ordered ? b[0] - a[1] : a[0] <= b[0] ? b[0] - a[1] : a[0] - b[1]
      if (gap > place.distance || (place.ordered && gap < (place.least ?? 0))) continue
      found.push([Math.min(a[0], b[0]), Math.max(a[1], b[1])])
      if (found.length >= MOST) return found
    }
  }
  return found
}

const sorted = (ranges: Range[]): Range[] => ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])
