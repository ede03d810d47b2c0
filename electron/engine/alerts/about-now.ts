import type { Alert, AlertAbout } from '#shared/model/alert.ts'
import type { Reads } from '#engine/store/reads.ts'
import { lastProblemChange } from '#engine/store/queries/problem-changes.ts'
import { countSince, problemId, problemNo, problemRow } from '#engine/store/queries/problems.ts'
import { followedProblems, merged } from './followed.ts'

const HOUR = 3_600_000
/** A card whose problem holds a smaller share of the people that raised it is about where they went, if as much of it went to one place: what was taken apart is told as it was. */
const HALF = 0.5

type Known = Pick<Alert, 'about' | 'signs' | 'state' | 'since' | 'observed'>

/** By card, where it was found at the last sorting of problems: lists of cards are asked for with every change of one. */
const places = new WeakMap<Reads, { sorted: number; found: Map<string, number> }>()

/** Where what raised it is by now: complaints are sorted anew while they come. */
function placeOf(reads: Reads, alert: Known, no: number): number {
  const sorted = lastProblemChange(reads)
  let known = places.get(reads)
  if (known?.sorted !== sorted) places.set(reads, (known = { sorted, found: new Map() }))
  const key = `${no} ${alert.since} ${alert.observed} ${alert.state === 'resolved'}`
  const place = known.found.get(key) ?? followed(reads, alert, no)
  known.found.set(key, place)
  return place
}

function followed(reads: Reads, alert: Known, no: number): number {
  const now = merged(reads, no)
  // What is over is told as it was.
  if (alert.state === 'resolved') return now
  const since = alert.since - HOUR
  if (countSince(reads, now, since).authors >= alert.observed * HALF) return now
  return followedProblems(reads, [problemId(no)], since, HALF)[0] ?? now
}

function withPlace(reads: Reads, about: AlertAbout, place: (no: number) => number): AlertAbout {
  const first = about.kind === 'problem' && about.id !== null ? problemNo(about.id) : undefined
  if (first === undefined) return about
  const no = place(first)
  const row = problemRow(reads, no)
  return row === undefined ? about : { ...about, id: problemId(no), name: row.label || about.name }
}

/** With its problem as it is called now and where it is now: often it is called better, or part of another, minutes after its card was raised. */
export const aboutNow = <Of extends Known>(reads: Reads, alert: Of): Of => ({
  ...alert,
  about: withPlace(reads, alert.about, (no) => placeOf(reads, alert, no)),
  signs: alert.signs.map((sign) => ({ ...sign, about: withPlace(reads, sign.about, (no) => merged(reads, no)) })),
})
