import { importedLately, type MinuteCounts } from '#engine/store/queries/alert-counts.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { sourceNumber } from '#engine/store/numbers.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { Pair } from './series-book.ts'

const MINUTE = 60_000

/** What imports brought of the last minutes: roll-ups count it beside what was heard, and it is history. */
export function createImportedCounts(reads: Reads) {
  let seen = lastSeq(reads)
  const byPair = new Map<string, Map<number, MinuteCounts>>()

  function add(listen: number, source: number, minute: number, negative: number): void {
    const key = `${listen} ${source}`
    const minutes = byPair.get(key) ?? new Map<number, MinuteCounts>()
    byPair.set(key, minutes)
    const counts = minutes.get(minute) ?? { all: 0, negative: 0 }
    minutes.set(minute, { all: counts.all + 1, negative: counts.negative + negative })
  }

  return {
    /** Looks once through what arrived since; what is from before `from`, a minute, is let go. */
    arrived(from: number): void {
      const upTo = lastSeq(reads)
      for (const { minute: at, source, negative, listens } of importedLately(reads, from * MINUTE, seen, upTo)) {
        const no = sourceNumber(reads, source)
        for (const listen of [ALL, ...(listens?.split(',').map(Number) ?? [])]) {
          add(listen, ALL, at, negative)
          if (no !== null) add(listen, no, at, negative)
        }
      }
      seen = upTo
      for (const [key, minutes] of byPair) {
        for (const at of minutes.keys()) if (at < from) minutes.delete(at)
        if (minutes.size === 0) byPair.delete(key)
      }
    },
    without({ listen, source }: Pair, counts: Map<number, MinuteCounts>): Map<number, MinuteCounts> {
      const imported = byPair.get(`${listen} ${source}`)
      if (imported === undefined) return counts
      const left = new Map(counts)
      for (const [minute, { all, negative }] of imported) {
        const had = left.get(minute)
        if (had === undefined) continue
        left.set(minute, { all: Math.max(0, had.all - all), negative: Math.max(0, had.negative - negative) })
      }
      return left
    },
  }
}
