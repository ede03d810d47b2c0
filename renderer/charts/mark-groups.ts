import type { AlertMark, Annotation } from '#shared/model/annotation.ts'

/** A mark on a chart: its place from the left in pixels, and of a stretch how wide it is. */
export interface PlacedMark {
  left: number
  width: number
  annotation: Annotation | null
  alert: AlertMark | null
}
/** Marks so close that they share a flag. */
export interface MarkGroup {
  left: number
  marks: PlacedMark[]
}

/** A flag's width: marks closer than this stand behind one. */
export const FLAG = 30
/** Pixels above what a chart draws, for flags and their tools. */
export const MARKS_ROOM = 24

/** From the left; each group stands where its first mark does. `from`: before it there is no room for a flag, so those are one group. */
export function groupMarks(marks: readonly PlacedMark[], apart = FLAG, from = 0): MarkGroup[] {
  const groups: MarkGroup[] = []
  for (const mark of marks.toSorted((a, b) => a.left - b.left)) {
    const last = groups.at(-1)
    if (last !== undefined && Math.max(mark.left, from) - Math.max(last.left, from) < apart) last.marks.push(mark)
    else groups.push({ left: mark.left, marks: [mark] })
  }
  return groups
}
