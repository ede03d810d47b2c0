import { ALL } from '#engine/store/rollups.ts'
import { connectionOf } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'

export interface StoreStats {
  mentions: number
  /** By the source's name. Sources of the same name are counted together; removed ones under their id. */
  bySource: Record<string, number>
  byNetwork: Record<string, number>
  byLang: Record<string, number>
  bySentiment: Record<string, number>
  /** publishedAt of the oldest and the newest mention; null without any. */
  from: number | null
  to: number | null
  listens: number
  cases: number
  openCases: number
  journalEntries: number
}

/** Sums by day are kept by ingest; only languages are counted anew, which takes about 0.3 s for a million mentions. */
export function storeStats(db: Reads, _input: null): StoreStats {
  const counts = (sql: string, ...parameters: unknown[]): Record<string, number> =>
    Object.fromEntries(
      connectionOf(db)
        .prepare(sql)
        .raw()
        .all(...parameters) as [string, number][],
    )
  const one = <T>(sql: string, ...parameters: unknown[]): T =>
    connectionOf(db)
      .prepare(sql)
      .pluck()
      .get(...parameters) as T
  const sum = 'sum(negative + neutral + positive)'
  const days = 'rollup.step = 1440 AND rollup.listen = ?'
  const [negative = 0, neutral = 0, positive = 0] = connectionOf(db)
    .prepare(
      `SELECT coalesce(sum(negative), 0), coalesce(sum(neutral), 0), coalesce(sum(positive), 0) FROM rollup
       WHERE ${days} AND source = ?`,
    )
    .raw()
    .get(ALL, ALL) as number[]
  return {
    mentions: negative + neutral + positive,
    bySource: counts(
      `SELECT coalesce(sources.name, source_no.source_id) AS name, ${sum} FROM rollup
       JOIN source_no ON source_no.no = rollup.source LEFT JOIN sources ON sources.id = source_no.source_id
       WHERE ${days} GROUP BY 1 ORDER BY 2 DESC`,
      ALL,
    ),
    byNetwork: counts(
      `SELECT source_no.network, ${sum} FROM rollup JOIN source_no ON source_no.no = rollup.source
       WHERE ${days} GROUP BY 1 ORDER BY 2 DESC`,
      ALL,
    ),
    byLang: counts('SELECT lang, count(*) FROM mention GROUP BY lang ORDER BY 2 DESC'),
    bySentiment: { negative, neutral, positive },
    from: one('SELECT min(published_at) FROM heard WHERE listen = ?', ALL),
    to: one('SELECT max(published_at) FROM heard WHERE listen = ?', ALL),
    listens: one('SELECT count(*) FROM listen_no WHERE retired = 0'),
    cases: one('SELECT count(*) FROM cases'),
    openCases: one(`SELECT count(*) FROM cases WHERE state <> 'closed'`),
    journalEntries: one('SELECT coalesce(max(seq), 0) FROM journal'),
  }
}
