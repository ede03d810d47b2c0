import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { mentionId } from '#shared/util/ids.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { UserError } from '#engine/platform/errors.ts'
import { threadKey } from '#engine/store/mention-writer.ts'
import { rowBySeq } from '#engine/store/queries/cards.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import { labelState, setLabel, type LabelState } from '#engine/store/queries/labels.ts'
import type { MentionRow } from '#engine/store/queries/mentions.ts'
import { joinThread, putMute, removeMute } from '#engine/store/queries/mutes.ts'
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
  const listeners = new Set<(seqs: readonly number[]) => void>()
  const tell = (seqs: readonly number[]): void => {
    for (const listener of listeners) listener(seqs)
  }

  function rowOf(seq: number): MentionRow {
    const row = rowBySeq(store, seq)
    if (!row) throw new UserError('This mention is not in the store.')
    return row
  }

  function mute(kind: 'author' | 'thread', row: MentionRow, key: number, actor: Actor): number {
    return store.transaction(() => {
      const at = clock.now()
      const entry = appendEntry(store, {
        at,
        kind: `${kind}.muted`,
        actor,
        mentionId: mentionId(store.stationId, row.seq),
        data: { key, handle: row.author_handle, seq: row.seq },
      })
      putMute(store, { kind, key, mentionSeq: row.seq, entry, at })
      return entry
    })
  }

  function relabelTo(seq: number, next: LabelState, actor: Actor, undoes: number | null): number {
    const entry = store.transaction(() => {
      const row = rowOf(seq)
      const before = labelState(store, row)
      setLabel(store, row, next)
      return appendEntry(store, {
        at: clock.now(),
        kind: 'mention.relabelled',
        actor,
        mentionId: mentionId(store.stationId, seq),
        data: { seq, before, after: next, ...(undoes === null ? {} : { undoes }) },
      })
    })
    tell([seq])
    return entry
  }

  return {
    relabel(seq, label, actor) {
      const score = label === 'negative' ? -1 : label === 'positive' ? 1 : 0
      return relabelTo(seq, { label, score, confidence: 1, model: 'officer', driving: null }, actor, null)
    },
    muteAuthor(seq, actor) {
      const row = rowOf(seq)
      if (row.author_key === null) throw new UserError('This mention has no known author to mute.')
      const entry = mute('author', row, row.author_key, actor)
      tell([seq])
      return entry
    },
    muteThread(seq, actor) {
      const entry = store.transaction(() => {
        const row = rowOf(seq)
        const key = row.thread_key ?? threadKey(store.hashSeed, row.network, row.external_id)
        if (row.thread_key === null) joinThread(store, seq, key)
        return mute('thread', row, key, actor)
      })
      tell([seq])
      return entry
    },
    undo(entrySeq, actor) {
      const entry = entryBySeq(store, entrySeq)
      if (!entry) return null
      const data = entry.data as { seq?: number; key?: number; before?: LabelState }
      if (entry.kind === 'mention.relabelled' && data.seq !== undefined && data.before) {
        return {
          undone: entry.kind,
          mentionSeq: data.seq,
          entry: relabelTo(data.seq, data.before, actor, entrySeq),
        }
      }
      if ((entry.kind === 'author.unmuted' || entry.kind === 'thread.unmuted') && data.seq !== undefined) {
        const again =
          entry.kind === 'author.unmuted' ? this.muteAuthor(data.seq, actor) : this.muteThread(data.seq, actor)
        return { undone: entry.kind, mentionSeq: data.seq, entry: again }
      }
      if (entry.kind !== 'author.muted' && entry.kind !== 'thread.muted') return null
      const kind = entry.kind === 'author.muted' ? 'author' : 'thread'
      const undo = store.transaction(() => {
        removeMute(store, { kind, key: data.key!, entry: entrySeq })
        return appendEntry(store, {
          at: clock.now(),
          kind: `${kind}.unmuted`,
          actor,
          mentionId: entry.mentionId,
          data: { key: data.key, seq: data.seq, undoes: entrySeq },
        })
      })
      tell([data.seq!])
      return { undone: entry.kind, mentionSeq: data.seq!, entry: undo }
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
