import { userFailure } from '#engine/platform/failure.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { mentionId, mentionSeq } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { threadKey } from '#engine/store/mention-writer.ts'
import { rowBySeq } from '#engine/store/queries/mentions.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import { labelState, type LabelState } from '#engine/store/queries/labels.ts'
import type { MentionRow } from '#engine/store/queries/mentions.ts'
import { joinThread } from '#engine/store/queries/mutes.ts'
import type { Store } from '#engine/store/store.ts'

/** What people decide about mentions themselves: labels and mutes. Each is a journal entry and can be taken back. */
export interface MentionDecisions {
  /** Returns the entry's number. */
  relabel(seq: number, label: SentimentLabel, actor: Actor): number
  muteAuthor(seq: number, actor: Actor): number
  muteThread(seq: number, actor: Actor): number
  /** Takes back an entry of the kinds above by a further one; null when it is of another kind. */
  undo(entry: number, actor: Actor): { undone: JournalEntry['kind']; mentionSeq: number; entry: number } | null
  /** Rows whose cards changed. */
  onChanged(listener: (seqs: readonly number[]) => void): () => void
}

export function createMentionDecisions({ store, clock }: { store: Store; clock: Clock }): MentionDecisions {
  const changed = createSignal<[readonly number[]]>()

  function rowOf(seq: number): MentionRow {
    const row = rowBySeq(store, seq)
    if (!row) throw userFailure('mention.notStored')
    return row
  }

  /** Inside a transaction. Returns the entry's number. */
  const append = (kind: JournalKind, seq: number, actor: Actor, data: Record<string, unknown>): number =>
    appendEntry(store, { at: clock.now(), kind, actor, mentionId: mentionId(store.stationId, seq), data })

  function decided(seq: number, decide: () => number): number {
    const entry = store.transaction(decide)
    changed.tell([seq])
    return entry
  }

  const relabelTo = (seq: number, after: LabelState, actor: Actor, undoes?: number): number =>
    decided(seq, () => {
      const before = labelState(store, rowOf(seq))
      return append('mention.relabelled', seq, actor, { before, after, ...(undoes !== undefined && { undoes }) })
    })

  return {
    relabel(seq, label, actor) {
      const score = label === 'negative' ? -1 : label === 'positive' ? 1 : 0
      return relabelTo(seq, { label, score, confidence: 1, model: 'officer', driving: null }, actor)
    },
    muteAuthor: (seq, actor) =>
      decided(seq, () => {
        const { author_key: key, author_handle: handle } = rowOf(seq)
        if (key === null) throw userFailure('mention.noAuthorToMute')
        return append('author.muted', seq, actor, { key, handle })
      }),
    muteThread: (seq, actor) =>
      decided(seq, () => {
        const row = rowOf(seq)
        const key = row.thread_key ?? threadKey(store.hashSeed, row.network, row.external_id)
        if (row.thread_key === null) joinThread(store, seq, key)
        return append('thread.muted', seq, actor, { key, handle: row.author_handle })
      }),
    undo(entrySeq, actor) {
      const entry = entryBySeq(store, entrySeq)
      const seq = mentionSeq(store.stationId, entry?.mentionId ?? '')
      if (!entry || seq === undefined) return null
      const undone = (by: number) => ({ undone: entry.kind, mentionSeq: seq, entry: by })
      const { key, before } = entry.data as { key?: number; before?: LabelState }
      if (entry.kind === 'mention.relabelled' && before) return undone(relabelTo(seq, before, actor, entrySeq))
      if (entry.kind === 'author.unmuted') return undone(this.muteAuthor(seq, actor))
      if (entry.kind === 'thread.unmuted') return undone(this.muteThread(seq, actor))
      if (entry.kind !== 'author.muted' && entry.kind !== 'thread.muted') return null
      const kind = entry.kind === 'author.muted' ? 'author.unmuted' : 'thread.unmuted'
      return undone(decided(seq, () => append(kind, seq, actor, { key, undoes: entrySeq })))
    },
    onChanged: changed.on,
  }
}
