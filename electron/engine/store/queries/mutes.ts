import { statement } from '../connections.ts'
import type { Writes } from '../reads.ts'

/** An author or a conversation that nobody wants to hear, since which mention and entry of the journal. */
export interface Mute {
  kind: 'author' | 'thread'
  key: number
  mentionId: string
  entry: number
  at: number
}

export function putMute(writes: Writes, mute: Mute): void {
  statement(
    writes,
    `INSERT INTO mute (kind, key, mention_id, entry, at) VALUES (@kind, @key, @mentionId, @entry, @at)
     ON CONFLICT (kind, key) DO UPDATE SET mention_id = excluded.mention_id, entry = excluded.entry, at = excluded.at`,
  ).run(mute)
}

/** Takes back what `entry` muted; a later entry for the same key stands. */
export function removeMute(writes: Writes, { kind, key, entry }: Pick<Mute, 'kind' | 'key' | 'entry'>): void {
  statement(writes, 'DELETE FROM mute WHERE kind = ? AND key = ? AND entry = ?').run(kind, key, entry)
}

/** Makes the mention that began a conversation a member of it too, so that its card shows the mute. */
export function joinThread(writes: Writes, seq: number, threadKey: number): void {
  statement(writes, 'UPDATE mention SET thread_key = ? WHERE seq = ?').run(threadKey, seq)
  statement(writes, 'INSERT OR IGNORE INTO thread_member (thread_key, seq) VALUES (?, ?)').run(threadKey, seq)
}
