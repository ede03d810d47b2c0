import { statement } from '../connections.ts'
import type { Reads, Writes } from '../reads.ts'
import type { RowOf } from '../table.ts'
import { muteTable } from '../tables/station.ts'

type Mute = RowOf<typeof muteTable>

/** Whether an officer has muted the author or the conversation. */
export function isMuted(db: Reads, authorKey: number | null, threadKey: number | null): boolean {
  const muted = statement(db, 'SELECT 1 FROM mute WHERE kind = ? AND key = ?')
  return (
    (authorKey !== null && muted.get('author', authorKey) !== undefined) ||
    (threadKey !== null && muted.get('thread', threadKey) !== undefined)
  )
}

export const isAnythingMuted = (db: Reads): boolean => statement(db, 'SELECT 1 FROM mute LIMIT 1').get() !== undefined

export const putMute = (writes: Writes, mute: Mute): void => muteTable.put(writes, mute)

/** Takes back what `entry` muted; a later entry for the same key stands. */
export function removeMute(writes: Writes, { kind, key, entry }: Pick<Mute, 'kind' | 'key' | 'entry'>): void {
  statement(writes, 'DELETE FROM mute WHERE kind = ? AND key = ? AND entry = ?').run(kind, key, entry)
}

/** Makes the mention that began a conversation a member of it too, so that its card shows the mute. */
export function joinThread(writes: Writes, seq: number, threadKey: number): void {
  statement(writes, 'UPDATE mention SET thread_key = ? WHERE seq = ?').run(threadKey, seq)
  statement(writes, 'INSERT OR IGNORE INTO thread_member (thread_key, seq) VALUES (?, ?)').run(threadKey, seq)
}
