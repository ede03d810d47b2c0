import { beside, initially, plain, table, tableOf } from '../table.ts'

interface Correction {
  /** The journal's entry of the relabelling. */
  entry: number
  mention_id: string
  at: number
  by_name: string
  /** 0 negative, 1 neutral, 2 positive. */
  was: number
  is_now: number
  /** 0: taken back, or from before a reset: no longer learned from. */
  counts: number
}

/** `mention_seq`: the row of the mention in this file, for joins. */
interface OfMention {
  mention_seq: number | null
}

export const correctionTable = tableOf<Correction, OfMention>()('correction', ['entry'], {
  entry: plain(),
  mention_id: plain(),
  mention_seq: beside(),
  at: plain(),
  by_name: plain(),
  was: plain(),
  is_now: plain(),
  counts: plain(),
})

export const aspectWordTable = table('aspect_word', ['aspect', 'word'], {
  aspect: plain<string>(),
  word: plain<string>(),
})

export const dismissedTable = table('dismissed_proposal', ['key'], {
  key: plain<string>(),
  /** Corrections that spoke for it then. */
  support: plain<number>(),
  at: plain<number>(),
  byName: plain<string>(),
})

/** An officer's word on whether a mention is about what a listen is for; a row for each listen that heard it. */
export const markTable = table('relevance_mark', ['entry', 'listen_id'], {
  entry: plain<number>(),
  listen_id: plain<string>(),
  mention_id: plain<string>(),
  mention_seq: plain<number | null>(),
  relevant: plain<number>(),
  counts: initially<number>(1),
})

/** Likelihood in percent that a mention is about a listen that heard it; without `by_name` it is learned. */
export const relevanceTable = table('relevance', ['mention_seq'], {
  mention_seq: plain<number>(),
  percent: plain<number>(),
  by_name: plain<string | null>(),
})

/** Closed cases count as decisions from `since` on; forgetting moves it. */
export const relevanceListenTable = table('relevance_listen', ['listen_id'], {
  listen_id: plain<string>(),
  since: plain<number>(),
})
