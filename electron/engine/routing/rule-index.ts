import type { RuleFact } from '#shared/model/rule.ts'
import type { Facts, FactValue } from './facts.ts'
import { PREFIX_LENGTH, type Doc } from './text-query.ts'
import type { Trigger } from './triggers.ts'

/** Positions of rules by threshold, ascending for `min` and descending for `max`: those that hold come first. */
interface Thresholds {
  fact: RuleFact
  /** 1: at least, −1: at most. */
  sign: 1 | -1
  thresholds: Float64Array
  positions: Int32Array
}

/** A set of rule positions, one bit each. */
export type Positions = Uint32Array

export const addPosition = (set: Positions, position: number): void => {
  set[position >>> 5]! |= 1 << (position & 31)
}

/** Finds the few rules that can hold for a mention; all others cannot. */
export class RuleIndex {
  readonly #always: Positions
  readonly #words = new Map<string, number[]>()
  readonly #prefixes = new Map<string, number[]>()
  readonly #facts: { fact: RuleFact; values: Map<FactValue, number[]> }[] = []
  readonly #thresholds: Thresholds[] = []
  readonly #problems: number[] = []
  readonly #found: Positions

  /** `triggers[i]` are those of the rule at position i. */
  constructor(triggers: readonly (Trigger[] | null)[]) {
    const size = Math.max(1, Math.ceil(triggers.length / 32))
    this.#always = new Uint32Array(size)
    this.#found = new Uint32Array(size)
    const numeric = new Map<string, { fact: RuleFact; sign: 1 | -1; entries: [number, number][] }>()
    const byFact = new Map<RuleFact, Map<FactValue, number[]>>()
    triggers.forEach((list, position) => {
      if (list === null) return addPosition(this.#always, position)
      for (const trigger of list) {
        if (trigger.kind === 'word') {
          const prefix = trigger.word.endsWith('*')
          add(prefix ? this.#prefixes : this.#words, prefix ? trigger.word.slice(0, -1) : trigger.word, position)
        } else if (trigger.kind === 'problem') this.#problems.push(position)
        else if (trigger.kind === 'fact') {
          let values = byFact.get(trigger.fact)
          if (values === undefined) byFact.set(trigger.fact, (values = new Map()))
          add(values, trigger.value, position)
        } else {
          const sign = trigger.kind === 'min' ? 1 : -1
          const key = `${sign}${trigger.fact}`
          const known = numeric.get(key) ?? { fact: trigger.fact, sign, entries: [] }
          numeric.set(key, known)
          known.entries.push([trigger.threshold, position])
        }
      }
    })
    for (const [fact, values] of byFact) this.#facts.push({ fact, values })
    for (const { fact, sign, entries } of numeric.values()) {
      entries.sort((a, b) => sign * (a[0] - b[0]))
      this.#thresholds.push({
        fact,
        sign,
        thresholds: Float64Array.from(entries, ([threshold]) => threshold),
        positions: Int32Array.from(entries, ([, position]) => position),
      })
    }
  }

  /** Positions that the words of a text speak for, and those that need none. One set serves all questions about the text. */
  ofText(doc: Doc): Positions {
    const found = this.#always.slice()
    if (this.#words.size === 0 && this.#prefixes.size === 0) return found
    for (const term of doc.terms) {
      mark(found, this.#words.get(term))
      if (term.length >= PREFIX_LENGTH) mark(found, this.#prefixes.get(term.slice(0, PREFIX_LENGTH)))
    }
    return found
  }

  /** Positions that can hold. The set is the index's own and is overwritten by the next call. */
  candidates(facts: Facts, ofText: Positions): Positions {
    const found = this.#found
    found.set(ofText)
    for (const { fact, values } of this.#facts) {
      const value = facts.values[fact]
      if (value === undefined) continue
      if (typeof value === 'object') for (const one of value) mark(found, values.get(one))
      else mark(found, values.get(value))
    }
    for (const { fact, sign, thresholds, positions } of this.#thresholds) {
      const value = facts.values[fact]
      if (typeof value !== 'number') continue
      for (let i = 0; i < thresholds.length && sign * (value - (thresholds[i] as number)) >= 0; i++) {
        addPosition(found, positions[i] as number)
      }
    }
    if (facts.values.problem !== undefined) mark(found, this.#problems)
    return found
  }
}

function add<Key>(map: Map<Key, number[]>, key: Key, position: number): void {
  const positions = map.get(key)
  if (positions === undefined) map.set(key, [position])
  else if (positions.at(-1) !== position) positions.push(position)
}

function mark(found: Positions, positions: readonly number[] | undefined): void {
  if (positions === undefined) return
  for (let i = 0; i < positions.length; i++) addPosition(found, positions[i] as number)
}

/** The lowest position at or after `from` that is in the set; −1: none. */
export function nextPosition(set: Positions, from: number): number {
  let word = from >>> 5
  if (word >= set.length) return -1
  let bits = (set[word] as number) & (-1 << (from & 31))
  while (bits === 0) {
    if (++word >= set.length) return -1
    bits = set[word] as number
  }
  return (word << 5) + 31 - Math.clz32(bits & -bits)
}
