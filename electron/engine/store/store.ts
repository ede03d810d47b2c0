import type { Reads, Writes } from './reads.ts'
import type { Said } from '#shared/model/said.ts'
import type { Reader } from './reader.ts'

/** What `verify` found. `problems` empty: all is as it should be. */
export interface VerifyReport {
  mentions: number
  journalEntries: number
  checks: { name: string; ok: boolean; detail: string }[]
  problems: string[]
}

/** For a room that writes and needs nothing else of the store. */
export type WritingStore = Writes & Pick<Store, 'transaction'>

/** The station's memory: one file, one writer. The store itself is what its named reads and writes are called with. */
export type Store = Writes & Offered

export interface Offered {
  readonly file: string
  readonly searchFile: string
  readonly stationId: string
  /** Seed of the key hashes (hash.ts). */
  readonly hashSeed: number
  /** Read-only, on the engine's thread, with the full-text index: for reads that take well under a millisecond. */
  readonly readable: Reads
  /** Everything that a page waits for and that may take longer. With more than 30 s to take, it goes to `background`. */
  readonly reader: Reader
  /** Minutes of reading that nobody looks at: checks, back-fills, exports. A thread of its own. */
  readonly background: Reader
  /** What a person must know and do: disk full, damaged and restored. null: all is well. */
  readonly problem: Said | null
  /** Says or takes back (null) a problem that came up while running. */
  report(problem: Said | null): void
  /** SQLite found the file damaged: says so, and lets the next start set it aside and restore the last backup. */
  damaged(): void
  /** Runs `work` in one IMMEDIATE transaction; nested calls join the outer one. */
  transaction<T>(work: () => T): T
  /** Between the beginning and the end of one. */
  readonly inTransaction: boolean
  /** Set while the log is being shortened: who writes much waits for it between two transactions. */
  readonly resting: Promise<void> | null
  /** Longest write transaction since the store was opened, ms. */
  readonly longestWriteMs: number
  /** A consistent copy while everything goes on; keeps the newest few. */
  backup(): Promise<{ file: string; mentions: number }>
  readonly lastBackupAt: number | null
  /** A backup with a date that is still to come, from when the clock was wrong; it is used last. */
  readonly backupAhead: string | null
  verify(): Promise<VerifyReport>
  /** Called when the look in the background is due: a while after the start, then daily. Returns how to stop it. */
  onCheck(call: () => void): () => void
  /** Tells the indexer that mentions from `firstSeq` on were committed; `texts` are their token streams, if at hand. */
  indexSoon(firstSeq: number, texts: string[] | null): void
  /** Drops rows of a stretch that are no longer in the store from the full-text index. After `indexed`. */
  prune(stretch: { firstSeq: number; lastSeq: number }): Promise<void>
  /** Brings rows in the full-text index up to date whose intent is another now. */
  indexAgain(seqs: readonly number[]): Promise<void>
  /** Resolves when the full-text index covers every committed mention. */
  indexed(): Promise<void>
  close(): Promise<void>
}
