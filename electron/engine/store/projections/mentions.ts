import type { JournalEntry } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { firstWord, insertCorrection, setCounts, supersede } from '#engine/store/queries/corrections.ts'
import { labelMention, type LabelState } from '#engine/store/queries/labels.ts'
import { sentimentNumber } from '#engine/store/queries/mentions.ts'
import { insertCategoryMark, withdrawCategoryMark, writeShown, type Shown } from '#engine/store/queries/categories.ts'
import { putMute, removeMute } from '#engine/store/queries/mutes.ts'
import {
  insertMark,
  setMarkCounts,
  withdrawMarks,
  writeRelevance,
  writeRelevanceSince,
  type RelevanceRow,
} from '#engine/store/queries/relevance.ts'
import { rowOf } from '#engine/store/station-id.ts'
import type { Projection } from './projection.ts'

const muteOf = ({ kind, data }: JournalEntry): { kind: 'author' | 'thread'; key: number } => ({
  kind: kind.startsWith('author') ? 'author' : 'thread',
  key: data.key as number,
})

export const muted: Projection = (db, entry) =>
  putMute(db, { ...muteOf(entry), mentionId: entry.mentionId!, entry: entry.seq, at: entry.at })

/** Takes back one mute; one that was set anew since stays. */
export const unmuted: Projection = (db, entry) =>
  removeMute(db, { ...muteOf(entry), entry: entry.data.undoes as number })

/** The label with its places in panes and charts, and the correction that is learned from. */
export const relabelled: Projection = (db, { seq, at, actor, mentionId, data }) => {
  const { before, after, undoes } = data as { before: { label: SentimentLabel }; after: LabelState; undoes?: number }
  labelMention(db, mentionId!, after)
  if (undoes !== undefined) setCounts(db, undoes, 0)
  const was = firstWord(db, mentionId!) ?? sentimentNumber[before.label]
  const counts = undoes === undefined && after.model === 'officer' ? 1 : 0
  supersede(db, mentionId!, seq)
  const mention = { mention_id: mentionId!, was, is_now: sentimentNumber[after.label] }
  insertCorrection(db, { ...mention, entry: seq, at, by_name: actor.name, counts })
}

/** What `mention.judged` says: an officer's word, that a listen forgets them, or what either was before. */
export interface Judgement {
  /** Whether the mention is about what these listens are for. */
  relevant?: boolean
  listenIds?: string[]
  /** A listen's marks count (true) or do not; its closed cases count from `from` on, ms. */
  forgotten?: { listenId: string; entries: number[]; counts: boolean; from: number }
  /** A word that is taken back, by its entry. */
  withdrawn?: number
  /** What is shown for the mention; null: nobody says anything about it any more. */
  shown?: RelevanceRow | null
}

/** What `mention.categorised` says: an officer's word on one category, or that it is taken back. */
export interface Categorising {
  categoryId: string
  belongs?: boolean
  /** A word that is taken back, by its entry, and the one before it that counts again. */
  withdrawn?: number
  again?: number | null
  /** What is shown for the mention; null: nobody says anything about it any more. */
  shown: Shown | null
}

export const categorised: Projection = (db, { seq, mentionId, data }) => {
  const { categoryId, belongs, withdrawn, again = null, shown } = data as unknown as Categorising
  if (belongs !== undefined) insertCategoryMark(db, seq, categoryId, mentionId!, belongs ? 1 : 0)
  if (withdrawn !== undefined) withdrawCategoryMark(db, withdrawn, again)
  const row = rowOf(db, mentionId ?? '')
  if (row !== null) writeShown(db, row, categoryId, shown)
}

export const judged: Projection = (db, { seq, mentionId, data }) => {
  const { relevant, listenIds = [], forgotten, withdrawn, shown } = data as Judgement
  if (relevant !== undefined) for (const id of listenIds) insertMark(db, seq, id, mentionId!, relevant ? 1 : 0)
  if (withdrawn !== undefined) withdrawMarks(db, withdrawn)
  if (forgotten) {
    const { listenId, entries, counts, from } = forgotten
    for (const entry of entries) setMarkCounts(db, entry, listenId, counts ? 1 : 0)
    writeRelevanceSince(db, listenId, from)
  }
  const row = rowOf(db, mentionId ?? '')
  if (shown !== undefined && row !== null) writeRelevance(db, row, shown)
}
