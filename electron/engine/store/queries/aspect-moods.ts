import { matterNames, tradeAspects } from '#shared/model/trade-aspects.ts'
import type { Reads } from '../reads.ts'
import { numbersOf } from '../listen-numbers.ts'
import { statement } from '../connections.ts'
import { aspectWords } from './corrections.ts'
import { totalOf } from './rollup-reads.ts'
import { seqBounds, zonesOf } from './search-zones.ts'
import { uncarriedAspects } from './uncarried-aspects.ts'

export interface AspectMood {
  aspect: string
  negative: number
  neutral: number
  positive: number
}

/** Rows looked at: the answer comes in well under a second whatever the store holds. */
const MOST_ROWS = 100_000
const AT_ONCE = 5000
/** Parts that are told: those seldom spoken of are found by their names. */
const MOST_PARTS = 100

/**
 * What mentions of the period are about and in which mood, most spoken of first. Only the blocks of rows between which the
 * period lies are read, newest first; `complete` is false when they hold more than are looked at. Empty `listenIds`: every
 * mention. `aspects`: matters and the station's own names; `parts`: what the lexicon calls them in particular, at most 100. Aspects of trades that the
 * station's talk does not carry are left out. `most`: rows looked at, default 100,000.
 */
export function aspectMoods(
  db: Reads,
  { listenIds, from, to, most = MOST_ROWS }: { listenIds: string[]; from: number; to: number; most?: number },
  context: { cancelled(): boolean },
): { aspects: AspectMood[]; parts: AspectMood[]; complete: boolean } {
  const wanted = new Set(numbersOf(db, listenIds).map(String))
  const moods = new Map<string, [number, number, number]>()
  const rows = statement<{
    seq: number
    aspects: string | null
    sentiment: number
    listens: string | null
    at: number
  }>(
    db,
    `SELECT seq, aspects, sentiment, listens, published_at AS at FROM mention WHERE seq >= ? AND seq <= ?
     ORDER BY seq DESC LIMIT ?`,
  )
  const { firstSeq, lastSeq } = seqBounds(zonesOf(db), from, to)
  let upTo = lastSeq
  let seen = 0
  let complete = true
  for (;;) {
    const batch = rows.all(firstSeq, upTo, AT_ONCE)
    for (const row of batch) {
      upTo = row.seq - 1
      if (row.aspects === null || row.at < from || row.at >= to) continue
      if (listenIds.length > 0 && !row.listens?.split(',').some((no) => wanted.has(no))) continue
      for (const aspect of JSON.parse(row.aspects) as string[]) {
        const mood = moods.get(aspect) ?? [0, 0, 0]
        mood[row.sentiment as 0 | 1 | 2]++
        moods.set(aspect, mood)
      }
    }
    seen += batch.length
    if (batch.length < AT_ONCE || context.cancelled()) break
    if (seen >= most) {
      complete = upTo < firstSeq
      break
    }
  }
  const uncarried = [...moods.keys()].some((name) => tradeAspects.includes(name)) ? uncarriedAspects(db) : []
  const all = [...moods]
    .filter(([aspect]) => !uncarried.includes(aspect))
    .map(([aspect, [negative, neutral, positive]]) => ({ aspect, negative, neutral, positive }))
    .sort((a, b) => totalOf(b) - totalOf(a) || (a.aspect < b.aspect ? -1 : 1))
  const named = new Set([...matterNames, ...aspectWords(db).map(({ aspect }) => aspect)])
  const parts = all.filter((one) => !named.has(one.aspect)).slice(0, MOST_PARTS)
  return { aspects: all.filter((one) => named.has(one.aspect)), parts, complete }
}
