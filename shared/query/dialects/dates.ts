import { dayOf } from './codes.ts'
import type { Value } from './values.ts'

const DAY = 86_400_000

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
/** The moment as `since:` takes it: what is published from then on. */
const since = (at: number): string => `since:${at % DAY === 0 ? iso(at).slice(0, 10) : iso(at)}`
/** The moment as `until:` takes it, which includes the day or second it names: what is published before `at`. */
const before = (at: number): string => `until:${at % DAY === 0 ? iso(at - DAY).slice(0, 10) : iso(at - 1_000)}`

/** What a date asks for in our words; `exclusive`: the tool's own `until` leaves out the day it names. null: no date. */
export function dateAsked(asked: 'since' | 'until' | 'date', value: Value, exclusive: boolean): string[] | null {
  if (value.kind === 'text') {
    const day = dayOf(value.text)
    if (!day) return null
    if (asked === 'since') return [since(day.from)]
    if (asked === 'until') return [before(exclusive || !day.wholeDay ? day.from : day.to)]
    return [since(day.from), before(day.to)]
  }
  if (value.kind === 'compare') {
    const day = dayOf(value.text)
    if (!day) return null
    if (value.sign === '>') return [since(day.wholeDay ? day.to : day.from)]
    if (value.sign === '>=') return [since(day.from)]
    return [before(value.sign === '<' ? day.from : day.to)]
  }
  const from = value.from === null ? undefined : dayOf(value.from)
  const to = value.to === null ? undefined : dayOf(value.to)
  if (from === null || to === null) return null
  return [
    ...(from ? [since(value.fromIncluded ? from.from : from.to)] : []),
    ...(to ? [before(value.toIncluded ? to.to : to.from)] : []),
  ]
}
