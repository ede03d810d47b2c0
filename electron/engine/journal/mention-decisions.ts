import { Failure } from '#engine/platform/failure.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
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
    if (!row) throw new Failure('user', 'mention.notStored')
    return row
  }

  function mute(kind: 'author' | 'thread', row: MentionRow, key: number, actor: Actor): number {
    return store.transaction(() =>
      appendEntry(store, {
        at: clock.now(),
        kind: `${kind}.muted`,
        actor,
        mentionId: mentionId(store.stationId, row.seq),
        data: { key, handle: row.author_handle },
      }),
    )
  }

  function relabelTo(seq: number, next: LabelState, actor: Actor, undoes: number | null): number {
    const entry = store.transaction(() => {
      const before = labelState(store, rowOf(seq))
      return appendEntry(store, {
        at: clock.now(),
        kind: 'mention.relabelled',
        actor,
        mentionId: mentionId(store.stationId, seq),
        data: { before, after: next, ...(undoes === null ? {} : { undoes }) },
      })
    })
    changed.tell([seq])
    return entry
  }

  return {
    relabel(seq, label, actor) {
      const score = label === 'negative' ? -1 : label === 'positive' ? 1 : 0
      return relabelTo(seq, { label, score, confidence: 1, model: 'officer', driving: null }, actor, null)
    },
    muteAuthor(seq, actor) {
      const row = rowOf(seq)
      if (row.author_key === null) throw new Failure('user', 'mention.noAuthorToMute')
      const entry = mute('author', row, row.author_key, actor)
      changed.tell([seq])
      return entry
    },
    muteThread(seq, actor) {
      const entry = store.transaction(() => {
        const row = rowOf(seq)
        const key = row.thread_key ?? threadKey(store.hashSeed, row.network, row.external_id)
        if (row.thread_key === null) joinThread(store, seq, key)
        return mute('thread', row, key, actor)
      })
      changed.tell([seq])
      return entry
    },
    undo(entrySeq, actor) {
      const entry = entryBySeq(store, entrySeq)
      if (!entry) return null
      const seq = entry.mentionId === null ? undefined : mentionSeq(store.stationId, entry.mentionId)
      if (seq === undefined) return null
      const undone = (by: number) => ({ undone: entry.kind, mentionSeq: seq, entry: by })
      const data = entry.data as { key?: number; before?: LabelState }
      if (entry.kind === 'mention.relabelled' && data.before)
        return undone(relabelTo(seq, data.before, actor, entrySeq))
      if (entry.kind === 'author.unmuted') return undone(this.muteAuthor(seq, actor))
      if (entry.kind === 'thread.unmuted') return undone(this.muteThread(seq, actor))
      if (entry.kind !== 'author.muted' && entry.kind !== 'thread.muted') return null
      const kind = entry.kind === 'author.muted' ? 'author' : 'thread'
      const undo = store.transaction(() =>
        appendEntry(store, {
          at: clock.now(),
          kind: `${kind}.unmuted`,
          actor,
          mentionId: entry.mentionId,
          data: { key: data.key, undoes: entrySeq },
        }),
      )
      changed.tell([seq])
      return undone(undo)
    },
    onChanged: changed.on,
  }
}
