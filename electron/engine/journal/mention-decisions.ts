import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { mentionId } from '#shared/util/ids.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { UserError } from '#engine/platform/errors.ts'
import { threadKey } from '#engine/store/mention-writer.ts'
import { Numbers } from '#engine/store/numbers.ts'
import { rowBySeq } from '#engine/store/queries/cards.ts'
import { sentimentNumber, sentimentOf, type MentionRow } from '#engine/store/queries/mentions.ts'
import { ALL, RollupSums } from '#engine/store/rollups.ts'
import { statement } from '#engine/store/statement.ts'
import type { Store } from '#engine/store/store.ts'
import { appendEntry, entryBySeq } from './journal.ts'

interface LabelState {
  label: SentimentLabel
  score: number
  confidence: number
  model: string
  driving: string | null
}

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
  const { db } = store
  const listeners = new Set<(seqs: readonly number[]) => void>()
  const tell = (seqs: readonly number[]): void => {
    for (const listener of listeners) listener(seqs)
  }

  function rowOf(seq: number): MentionRow {
    const row = rowBySeq(db, seq)
    if (!row) throw new UserError('This mention is not in the store.')
    return row
  }

  function stateOf(row: MentionRow): LabelState {
    const model = statement<{ model: string }>(db, 'SELECT no, model FROM model_no WHERE no = ?').get(row.model)
    return {
      label: sentimentOf[row.sentiment]!,
      score: row.score,
      confidence: row.confidence,
      model: model?.model ?? '',
      driving: row.driving,
    }
  }

  /** The row, its places in the panes and the roll-ups of every listen that has it. */
  function setLabel(row: MentionRow, next: LabelState): void {
    const before = row.sentiment
    const after = sentimentNumber[next.label]
    statement(
      db,
      'UPDATE mention SET sentiment = ?, score = ?, confidence = ?, model = ?, driving = ? WHERE seq = ?',
    ).run(after, next.score, next.confidence, new Numbers(db).model(next.model), next.driving, row.seq)
    if (before === after) return
    const move = statement<{ source: number }>(
      db,
      'UPDATE heard SET sentiment = ? WHERE listen = ? AND published_at = ? AND seq = ? RETURNING source',
    )
    const listens = statement<{ no: number }>(db, 'SELECT no FROM listen_no').all()
    const sums = new RollupSums()
    for (const no of [ALL, ...listens.map((listen) => listen.no)]) {
      const moved = move.get(after, no, row.published_at, row.seq)
      if (!moved) continue
      sums.add(no, moved.source, row.published_at, before, -1)
      sums.add(no, moved.source, row.published_at, after, 1)
    }
    sums.write(db)
  }

  function mute(kind: 'author' | 'thread', row: MentionRow, key: number, actor: Actor): number {
    return store.transaction(() => {
      const at = clock.now()
      const entry = appendEntry(db, {
        at,
        kind: `${kind}.muted`,
        actor,
        mentionId: mentionId(store.stationId, row.seq),
        data: { key, handle: row.author_handle, seq: row.seq },
      })
      statement(
        db,
        `INSERT INTO mute (kind, key, mention_seq, entry, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (kind, key) DO UPDATE SET mention_seq = excluded.mention_seq, entry = excluded.entry, at = excluded.at`,
      ).run(kind, key, row.seq, entry, at)
      return entry
    })
  }

  function relabelTo(seq: number, next: LabelState, actor: Actor, undoes: number | null): number {
    const entry = store.transaction(() => {
      const row = rowOf(seq)
      const before = stateOf(row)
      setLabel(row, next)
      return appendEntry(db, {
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
        if (row.thread_key === null) {
          // The one that began it is a member too from now on, so that its card shows the mute.
          statement(db, 'UPDATE mention SET thread_key = ? WHERE seq = ?').run(key, seq)
          statement(db, 'INSERT OR IGNORE INTO thread_member (thread_key, seq) VALUES (?, ?)').run(key, seq)
        }
        return mute('thread', row, key, actor)
      })
      tell([seq])
      return entry
    },
    undo(entrySeq, actor) {
      const entry = entryBySeq(db, entrySeq)
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
        statement(db, 'DELETE FROM mute WHERE kind = ? AND key = ? AND entry = ?').run(kind, data.key, entrySeq)
        return appendEntry(db, {
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
