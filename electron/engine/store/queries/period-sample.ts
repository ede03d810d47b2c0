import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'
import { listensOf, sumOf, totalOf } from './rollup-reads.ts'

export interface SampledMention {
  seq: number
  text: string
  title: string | null
  sentiment: number
  network: string
  author_key: number | null
  author_handle: string | null
  author_name: string | null
  followers: number | null
  /** 1: written to the company alone. */
  private: number
  /** How many mentions it stands for; 1 where all were read. */
  weight: number
}

export interface SampledPeriod {
  listenIds: readonly string[]
  from: number
  to: number
  /** Mentions read at most, about; default 6,000: a fifth of a second, and nobody else's question waits longer. */
  most?: number
}

/** Parts of a loud period that are looked at alike. */
const SLICES = 48
const MOST = 6000
const MINUTE = 60_000

/**
 * The mentions of a period, each once; of loud periods the newest of each of 48 equal parts, weighted by how many were heard in it, so that
 * the cost is bounded whatever the store holds. Empty `listenIds`: every mention. `complete`: nothing was left out.
 */
export function sampleOf(
  db: Reads,
  { listenIds, from, to, most = MOST }: SampledPeriod,
  context: { cancelled(): boolean },
): { mentions: SampledMention[]; complete: boolean } {
  const listens = listensOf(db, listenIds)
  const newest = statement<{ seq: number }>(
    db,
    `SELECT seq FROM heard WHERE listen = ? AND published_at >= ? AND published_at < ?
     ORDER BY published_at DESC, seq DESC LIMIT ?`,
  )
  const row = statement<Omit<SampledMention, 'weight'>>(
    db,
    `SELECT seq, text, title, sentiment, network, author_key, author_handle, author_name, followers, private
     FROM mention WHERE seq = ?`,
  )
  const heard = listens.reduce((sum, listen) => sum + totalOf(sumOf(db, listen, 0, from, to)), 0)
  const perSlice = heard <= most ? most : Math.ceil(most / SLICES / Math.max(1, listens.length))
  const mentions: SampledMention[] = []
  let complete = true
  const seen = new Set<number>()
  const step = Math.max(MINUTE, Math.ceil((to - from) / SLICES / MINUTE) * MINUTE)
  for (let start = from; start < to; start += step) {
    if (context.cancelled()) break
    const end = Math.min(to, start + step)
    for (const listen of listens) {
      const found = newest.all(listen, start, end, perSlice)
      let weight = 1
      if (found.length === perSlice) {
        weight = Math.max(1, totalOf(sumOf(db, listen, 0, start, end)) / perSlice)
        complete &&= weight === 1
      }
      for (const { seq } of found) {
        // Heard by several of the listens: it counts once.
        if (seen.has(seq)) continue
        if (listens.length > 1) seen.add(seq)
        const mention = row.get(seq)
        if (mention) mentions.push({ ...mention, weight })
      }
    }
  }
  return { mentions, complete }
}
