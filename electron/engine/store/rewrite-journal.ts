import { canonicalJson } from '#shared/util/canonical-json.ts'
import { CHAIN_START, chainHash, journalColumns, type JournalRow } from './journal-chain.ts'
import { allRows, connectionOf, firstValue } from './connections.ts'
import type { Writes } from './reads.ts'

/** The journal's own trigger against what is done here, once and in one transaction. */
const KEEPS = 'journal_keeps'

/**
 * Puts other data into entries, by their numbers, and makes the chain anew from the first of them. Only for what must not have
 * been told at all: whoever calls this tells the journal that it was done. Inside a transaction. Returns the hash (hex) that the
 * last entry had, by which a copy of the journal from before can be known.
 */
export function rewriteJournal(db: Writes, edits: ReadonlyMap<number, Record<string, unknown>>): string {
  const connection = connectionOf(db)
  if (!connection.inTransaction) throw new Error('The journal is written anew in a transaction, or not at all')
  const head = firstValue<Buffer>(db, 'SELECT hash FROM journal ORDER BY seq DESC LIMIT 1')
  const from = Math.min(...edits.keys())
  const trigger = firstValue<string>(db, `SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?`, KEEPS)
  if (trigger === undefined) throw new Error('The journal is not guarded as this program knows it')
  let before: Uint8Array = firstValue<Buffer>(db, 'SELECT hash FROM journal WHERE seq = ?', from - 1) ?? CHAIN_START
  connection.exec(`DROP TRIGGER ${KEEPS}`)
  try {
    const change = connection.prepare('UPDATE journal SET data = ?, hash = ? WHERE seq = ?')
    for (let seq = from - 1; ;) {
      const rows = allRows<JournalRow>(
        db,
        `SELECT ${journalColumns} FROM journal WHERE seq > ? ORDER BY seq LIMIT 1000`,
        seq,
      )
      for (const row of rows) {
        const edited = edits.get(row.seq)
        const data = edited ? canonicalJson(edited) : row.data
        before = chainHash(before, { ...row, data })
        change.run(data, before, row.seq)
        seq = row.seq
      }
      if (rows.length < 1000) break
    }
  } finally {
    connection.exec(trigger)
  }
  return head?.toString('hex') ?? ''
}

/** What was overwritten is overwritten on the disk as well, not only let go of. Outside a transaction. */
export function leaveNoTrace<T>(db: Writes, work: () => T): T {
  const connection = connectionOf(db)
  connection.pragma('secure_delete = ON')
  try {
    return work()
  } finally {
    connection.pragma('secure_delete = OFF')
    // The log holds pages as they were.
    connection.pragma('wal_checkpoint(TRUNCATE)')
  }
}
