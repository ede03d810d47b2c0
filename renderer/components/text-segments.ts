/** A stretch of a text with one look. */
export interface Segment {
  text: string
  marked: boolean
  /** Signed weight of the driving word this stretch belongs to; 0: none. */
  weight: number
}
export interface WeighedRange {
  start: number
  end: number
  weight: number
}

/**
 * Cuts a text at the borders of marks and driving words (UTF-16 offsets, any order, overlaps and nonsense allowed:
 * they come from outside and are clamped). Joined, the segments are exactly the text.
 */
export function segments(
  text: string,
  marks: readonly (readonly [number, number])[],
  words: readonly WeighedRange[] = [],
): Segment[] {
  const inside = (start: number, end: number) => end > start && start >= 0 && end <= text.length
  const marked = marks.filter(([start, end]) => inside(start, end))
  const weighed = words.filter((word) => inside(word.start, word.end))
  if (!marked.length && !weighed.length) return text ? [{ text, marked: false, weight: 0 }] : []
  const cuts = new Set([0, text.length])
  for (const [start, end] of marked) cuts.add(start).add(end)
  for (const { start, end } of weighed) cuts.add(start).add(end)
  const at = [...cuts].sort((a, b) => a - b)
  const out: Segment[] = []
  for (let index = 0; index + 1 < at.length; index++) {
    const from = at[index]!
    const to = at[index + 1]!
    const segment = {
      text: text.slice(from, to),
      marked: marked.some(([start, end]) => start <= from && end >= to),
      weight: weighed.find((word) => word.start <= from && word.end >= to)?.weight ?? 0,
    }
    const before = out.at(-1)
    if (before && before.marked === segment.marked && before.weight === segment.weight) before.text += segment.text
    else out.push(segment)
  }
  return out
}
