import type { Alert, AlertAbout } from '#shared/model/alert.ts'
import type { Reads } from '#engine/store/reads.ts'
import { countSince, problemId, problemNo, problemRow } from '#engine/store/queries/problems.ts'
import { followedProblems, merged } from './followed.ts'

const HOUR = 3_600_000
/** A card whose problem holds a smaller share of the people that raised it is about wherever they went. */
const LEAST_LEFT = 0.5

type Known = Pick<Alert, 'about' | 'signs' | 'state' | 'since' | 'observed'>

const countOf = (reads: Reads, no: number, { since }: Known): number => countSince(reads, no, since - HOUR).authors

/** Where what raised it is by now: complaints are sorted anew while they come. */
function placeOf(reads: Reads, alert: Known, id: string): number | undefined {
  const no = problemNo(id)
  if (no === undefined) return undefined
  const now = merged(reads, no)
  // What is over is told as it was.
  if (alert.state === 'resolved' || countOf(reads, now, alert) >= alert.observed * LEAST_LEFT) return now
  const places = followedProblems(reads, [id], alert.since - HOUR)
  return places.toSorted((a, b) => countOf(reads, b, alert) - countOf(reads, a, alert))[0] ?? now
}

function withName(reads: Reads, about: AlertAbout, no: number | undefined): AlertAbout {
  const row = no === undefined ? undefined : problemRow(reads, no)
  return row === undefined || no === undefined ? about : { ...about, id: problemId(no), name: row.label || about.name }
}

/** With its problem as it is called now and where it is now: often it is called better, or part of another, minutes after its card was raised. */
export const aboutNow = <Of extends Known>(reads: Reads, alert: Of): Of => {
  const { kind, id } = alert.about
  const isProblem = (about: AlertAbout): about is AlertAbout & { id: string } =>
    about.kind === 'problem' && about.id !== null
  return {
    ...alert,
    about: kind === 'problem' && id !== null ? withName(reads, alert.about, placeOf(reads, alert, id)) : alert.about,
    signs: alert.signs.map((sign) =>
      isProblem(sign.about)
        ? { ...sign, about: withName(reads, sign.about, merged(reads, problemNo(sign.about.id) ?? 0)) }
        : sign,
    ),
  }
}
