import type { Alert, AlertAbout } from '#shared/model/alert.ts'
import type { Reads } from '#engine/store/reads.ts'
import { problemNo, problemRow } from '#engine/store/queries/problems.ts'

/** Problems that went into one another, one after the other, at most. */
const MOST_STEPS = 20

/** A problem is often called better, or part of another, a few minutes after its card was raised: as it is called now. */
function nameNow(reads: Reads, { kind, id, name }: AlertAbout): string {
  if (kind !== 'problem' || id === null) return name
  let row = problemRow(reads, problemNo(id) ?? 0)
  for (let step = 0; step < MOST_STEPS && row !== undefined && row.merged_into !== null; step++)
    row = problemRow(reads, row.merged_into)
  return row?.label || name
}

export const namedNow = <Of extends Pick<Alert, 'about' | 'signs'>>(reads: Reads, alert: Of): Of => ({
  ...alert,
  about: { ...alert.about, name: nameNow(reads, alert.about) },
  signs: alert.signs.map((sign) => ({ ...sign, about: { ...sign.about, name: nameNow(reads, sign.about) } })),
})
