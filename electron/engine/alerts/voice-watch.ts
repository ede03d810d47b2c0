import { brandsOf } from '#shared/model/brand.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import { judgeVoice } from '#engine/alerts/detect/mood.ts'
import type { Sensitivity } from '#engine/alerts/detect/verdict.ts'
import type { CauseMention, WatchedListen } from '#engine/store/queries/alert-counts.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { Cause } from './cause.ts'
import type { Judged } from './crises.ts'
import type { ShareBook } from './share-book.ts'

const FIRST_DAY = 1

/** Share of voice of each brand among all that are listened for. Of a brand that several listens hear, the loudest of a minute is counted: nobody counts twice. */
export function* judgedVoices(
  reads: Reads,
  {
    listens,
    minute,
    heard,
    sensitivity,
    shares,
    countOf,
    mentionsOf,
    causeFrom,
  }: {
    listens: readonly WatchedListen[]
    minute: number
    heard: boolean
    sensitivity: Sensitivity
    shares: ShareBook
    /** What was counted of a listen in this minute. */
    countOf(no: number): number
    mentionsOf(no: number, minutes: number): CauseMention[]
    causeFrom(mentions: readonly CauseMention[]): Cause
  },
): Generator<Judged> {
  const byId = new Map(listens.map((listen) => [listen.id, listen]))
  const watched = readListens(reads).filter(({ id }) => byId.has(id))
  const brands = brandsOf(readSettings(reads), watched)
  if (brands.length < 2) return
  const counted = brands.map(({ name, listenIds }) => {
    const nos = listenIds.flatMap((id) => byId.get(id)?.no ?? [])
    const counts = nos.map((no) => ({ no, n: countOf(no) })).sort((a, b) => b.n - a.n)
    return { name, loudest: counts[0]?.no ?? 0, n: counts[0]?.n ?? 0, nos }
  })
  const whole = counted.reduce((sum, { n }) => sum + n, 0)
  for (const { name, loudest, n, nos } of counted) {
    const key = `brand:${name.toLowerCase()}`
    const reading = shares.look(key, minute, heard ? { part: n, whole } : null, 1 / brands.length)
    if (reading === null) continue
    // On its first day nobody knows a brand's share.
    const known = reading.days >= FIRST_DAY ? judgeVoice(reading, sensitivity) : null
    const verdict = heard ? known : undefined
    yield {
      key: cardKey('voice', key),
      verdict,
      about: { kind: 'brand', id: name, name },
      subjects: () => [key, ...nos.map((no) => `listen:${no}`)],
      cause: () => causeFrom(mentionsOf(loudest, verdict?.minutes ?? 60)),
    }
  }
}
