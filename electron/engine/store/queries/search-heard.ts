import type { Reads } from '../reads.ts'
import { BLOCK_SIZE } from '../blocks.ts'
import { statement } from '../connections.ts'
import type { Narrow } from './filter.ts'
import type { Zones } from './search-zones.ts'

/** Blocks of the first stretch; each further one is four times as long, up to a million rows. */
const FIRST_BLOCKS = 4
const MOST_BLOCKS = 256

/**
 * Row numbers, newest first, that the index gives for `fts` and that one of the listens heard (with the label and from the
 * source asked for). Stretch by stretch both sides are read as plain lists of numbers, 0.07 µs an entry, and laid over each
 * other: a word that a listen rarely holds costs some milliseconds on a million mentions, whichever of the two is the rare one,
 * while looking into a mention's row for each entry of the index costs fifty times that. What is needed for a page is mostly found in
 * the first stretch.
 */
export function* heardInIndex(
  db: Reads,
  input: {
    fts: string
    narrow: Narrow
    zones: Zones
    firstSeq: number
    lastSeq: number
    /** Bounds of published_at, to exclusive. */
    from: number | null
    to: number | null
  },
): Generator<number> {
  const { fts, narrow, zones, from, to } = input
  const conditions = ['listen = ? AND published_at >= ? AND published_at <= ?']
  const params: string[] = []
  const oneOf = (column: string, values: ReadonlySet<number> | null): void => {
    if (values === null) return
    conditions.push(`${column} IN (SELECT value FROM json_each(?))`)
    params.push(JSON.stringify([...values]))
  }
  oneOf('source', narrow.sources)
  oneOf('sentiment', narrow.sentiments)
  const heardSql = `SELECT seq FROM heard WHERE ${conditions.join(' AND ')}`
  const ofListen = statement<number>(db, heardSql).pluck()
  const ofIndex = statement<number>(
    db,
    'SELECT rowid FROM search.mention_fts WHERE mention_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC',
  ).pluck()
  const end = ((zones.blocks.at(-1)?.no ?? -1) + 2) * BLOCK_SIZE - 1
  let last = Math.min(input.lastSeq, end)
  for (let blocks = FIRST_BLOCKS; last >= input.firstSeq; blocks = Math.min(blocks * 4, MOST_BLOCKS)) {
    const first = Math.max(input.firstSeq, Math.floor(last / BLOCK_SIZE) * BLOCK_SIZE - (blocks - 1) * BLOCK_SIZE, 0)
    const { oldest, newest } = zones.between(first, last)
    const marks = new Uint8Array(last - first + 1)
    let any = false
    for (const listen of narrow.listens) {
      const least = Math.max(oldest, from ?? Number.MIN_SAFE_INTEGER)
      const most = Math.min(newest, to === null ? Number.MAX_SAFE_INTEGER : to - 1)
      if (least > most) continue
      for (const seq of ofListen.all(listen, least, most, ...params)) {
        if (seq < first || seq > last) continue
        marks[seq - first] = 1
        any = true
      }
    }
    if (any) for (const seq of ofIndex.all(fts, first, last)) if (marks[seq - first] === 1) yield seq
    last = first - 1
  }
}
