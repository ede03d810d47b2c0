import type { SentimentLabel } from '#shared/model/sentiment.ts'
import type { Reads } from '../reads.ts'
import { numbersOf } from '../listen-numbers.ts'
import { ALL } from '../rollups.ts'
import { statement } from '../connections.ts'
import { sentimentNumber } from './mentions.ts'

/** Which mentions; the same shape as the contract's MentionFilter. Empty means all. */
export interface Filter {
  listenIds: string[]
  sourceIds: string[]
  networks: string[]
  sentiments: SentimentLabel[]
  query: string
  from: number | null
  to: number | null
  unanswered: boolean
}

/** The filter in the numbers of the narrow tables. */
export interface Narrow {
  /** `[ALL]` when the filter names none; empty when it names only listens that do not exist. */
  listens: number[]
  /** null: every source. */
  sources: Set<number> | null
  /** null: every label. */
  sentiments: Set<number> | null
}

export function narrowed(db: Reads, filter: Filter): Narrow {
  let sources: Set<number> | null = null
  if (filter.sourceIds.length > 0 || filter.networks.length > 0) {
    const rows = statement<{ no: number; source_id: string; network: string }>(
      db,
      'SELECT no, source_id, network FROM source_no',
    ).all()
    const fits = rows.filter(
      (row) =>
        (filter.sourceIds.length === 0 || filter.sourceIds.includes(row.source_id)) &&
        (filter.networks.length === 0 || filter.networks.includes(row.network)),
    )
    sources = new Set(fits.map((row) => row.no))
  }
  return {
    listens: filter.listenIds.length === 0 ? [ALL] : numbersOf(db, filter.listenIds),
    sources,
    sentiments:
      filter.sentiments.length === 0 || filter.sentiments.length === 3
        ? null
        : new Set(filter.sentiments.map((label) => sentimentNumber[label])),
  }
}

/** A place in the order of panes: newest first, ties by row. */
export interface Place {
  publishedAt: number
  seq: number
}

/** Everything older than this is behind the place. */
export const END: Place = { publishedAt: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER }

export const newestFirst = (a: Place, b: Place): number => b.publishedAt - a.publishedAt || b.seq - a.seq

export const isBefore = (a: Place, place: Place): boolean =>
  a.publishedAt < place.publishedAt || (a.publishedAt === place.publishedAt && a.seq < place.seq)

/** Where the next page begins. */
export interface PageStart extends Place {
  /** A search that had to stop looked at every row from this number on: only those below it are left. */
  below?: number | null
}

const base36 = (value: number): string => value.toString(36)

export const cursorOf = ({ publishedAt, seq, below }: PageStart): string =>
  `${base36(publishedAt)}.${base36(seq)}${below == null ? '' : `.${base36(below)}`}`

/** undefined: not a cursor of ours. */
export function placeOf(cursor: string): PageStart | undefined {
  const match = /^(-?[0-9a-z]{1,11})\.([0-9a-z]{1,11})(?:\.([0-9a-z]{1,11}))?$/.exec(cursor)
  if (!match) return undefined
  const place = { publishedAt: Number.parseInt(match[1]!, 36), seq: Number.parseInt(match[2]!, 36) }
  return match[3] === undefined ? place : { ...place, below: Number.parseInt(match[3], 36) }
}
