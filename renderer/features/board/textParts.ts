import type { DrivingWord } from '#shared/model/sentiment.ts'

/** A stretch of a mention's text that is drawn in one way. */
export interface TextPart {
  text: string
  /** A listen or the query matched here. */
  mark: boolean
  /** The driving word that covers it: below zero it pulls towards negative. null: none. */
  weight: number | null
}

/**
 * Cuts a text where marks and driving words begin and end. Ranges are UTF-16 offsets; they may overlap, stand in any
 * order, or lie (partly) outside of the text when that was shortened: what lies outside is ignored. A cut never
 * falls inside a surrogate pair.
 */
export function textParts(
  text: string,
  marks: readonly (readonly [number, number])[],
  words: readonly DrivingWord[],
): TextPart[] {
  const cuts = new Set([0, text.length])
  const whole = (offset: number) => {
    const inside = Math.min(text.length, Math.max(0, Math.trunc(offset)))
    const code = text.charCodeAt(inside)
    return inside > 0 && code >= 0xdc00 && code <= 0xdfff ? inside - 1 : inside
  }
  const ranges = marks
    .map(([start, end]) => ({ start: whole(start), end: whole(end) }))
    .filter((range) => range.end > range.start)
  const pulls = words
    .map((word) => ({ start: whole(word.start), end: whole(word.end), weight: word.weight }))
    .filter((word) => word.end > word.start && word.weight !== 0)
  for (const range of [...ranges, ...pulls]) cuts.add(range.start).add(range.end)

  const offsets = [...cuts].toSorted((a, b) => a - b)
  const parts: TextPart[] = []
  for (let index = 0; index + 1 < offsets.length; index++) {
    const start = offsets[index]!
    const end = offsets[index + 1]!
    const covers = (range: { start: number; end: number }) => range.start <= start && range.end >= end
    parts.push({ text: text.slice(start, end), mark: ranges.some(covers), weight: pulls.find(covers)?.weight ?? null })
  }
  return parts
}
