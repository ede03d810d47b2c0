import type { Place } from '#shared/query/plan.ts'
import type { Slot } from '#shared/query/slots.ts'
import { both, either, EVERYTHING, NOTHING, term, type Approximation, type Expression } from './search-expression.ts'

/** One slot as far as the index can tell. */
function slotTerm(slot: Slot): Expression {
  if (slot.tag !== null) return term(slot.tag)
  if (slot.norm !== null) return term(slot.norm)
  return slot.glob!.prefix === '' ? EVERYTHING : term(slot.glob!.prefix, true)
}

/** `"lost bag*"` in FTS5's words, or null when it has none: patterns inside, hashtags inside. */
function phrase(slots: readonly Slot[]): string | null {
  const words: string[] = []
  let star = ''
  for (const [i, slot] of slots.entries()) {
    if (slot.tag !== null) return null
    if (slot.norm !== null) words.push(slot.norm)
    else {
      if (i < slots.length - 1 || !slot.glob!.prefixOnly || slot.glob!.prefix === '') return null
      words.push(slot.glob!.prefix)
      star = ' *'
    }
  }
  return `"${words.join(' ')}"${star}`
}

const exactly = (text: string): Approximation => {
  const expression = { text, depth: 0 }
  return { upper: expression, lower: expression, exact: true }
}
const atMost = (upper: Expression): Approximation => ({ upper, lower: NOTHING, exact: false })

/** Slots in a row. */
export function ftsRow(slots: readonly Slot[]): Approximation {
  const text = phrase(slots)
  if (text !== null) return exactly(text)
  return atMost(both([...bestRuns(slots), ...slots.filter((slot) => slot.tag !== null).map(slotTerm)]))
}

/** The stretches of a row that FTS5 can express: `a b ?c d` → `"a b"`, `"d"`. */
function bestRuns(slots: readonly Slot[]): Expression[] {
  const runs: Expression[] = []
  let run: string[] = []
  const end = (): void => {
    if (run.length > 0) runs.push({ text: `"${run.join(' ')}"`, depth: 0 })
    run = []
  }
  for (const slot of slots) {
    if (slot.norm !== null) run.push(slot.norm)
    else {
      end()
      runs.push(slotTerm(slot))
    }
  }
  end()
  return runs
}

/** All slots in a window, see windowsOf in places.ts. */
export function ftsWindow(slots: readonly Slot[], distance: number): Approximation {
  const words = slots.map((slot) => phrase([slot]))
  if (words.every((word) => word !== null)) {
    if (words.length === 1) return exactly(words[0]!)
    return exactly(`NEAR(${words.join(' ')}, ${distance + Math.max(0, slots.length - 2)})`)
  }
  return atMost(both(slots.map(slotTerm)))
}

/** More pairs than this are asked as "both sides somewhere" and checked afterwards. */
const MOST_PAIRS = 64

export function ftsPlace(place: Extract<Place, { left: Place }>): Approximation {
  const { left, right, distance } = place
  if ('any' in left && 'any' in right && left.any.length * right.any.length <= MOST_PAIRS) {
    const pairs: string[] = []
    let whole = true
    for (const a of left.any) {
      for (const b of right.any) {
        const first = phrase(a)
        const second = phrase(b)
        if (first === null || second === null) whole = false
        else pairs.push(`NEAR(${first} ${second}, ${distance})`)
      }
    }
    if (whole) {
      const upper = either(pairs.map((text) => ({ text, depth: 0 })))
      return place.ordered || place.least ? atMost(upper) : { upper, lower: upper, exact: true }
    }
  }
  return atMost(both([somewhere(left), somewhere(right)]))
}

function somewhere(place: Place): Expression {
  if ('left' in place) return both([somewhere(place.left), somewhere(place.right)])
  return either(place.any.map((slots) => ftsRow(slots).upper))
}
