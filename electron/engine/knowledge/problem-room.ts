import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Problem } from '#shared/model/problem.ts'
import type { Said } from '#shared/model/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { ProblemChange } from '#engine/store/projections/knowledge.ts'
import type { ProblemState } from '#engine/store/queries/problems.ts'
import type { Store } from '#engine/store/store.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { FoundMove } from './look-protocol.ts'

/** A complaint's problem as routing needs it; null: it stands alone so far, or is no complaint. */
export interface KnownProblem {
  problemId: string
  problemMentions: number
  problemAuthors: number
  problemCounts: { withinMinutes: number; mentions: number; authors: number }[]
}

export interface Problems {
  /** Reads the memory of likeness in, a little at a time, so that the first complaint after a start need not wait. */
  warm(): Promise<void>
  /**
   * What is known of the mention's problem. Inside a write transaction a complaint that was not looked at yet is put where it belongs
   * first, so that it is kept together with what routing decides about it, or not at all.
   */
  of(mention: Mention, windows: readonly number[], keys?: { authorKey: number | null }): KnownProblem | null
  /** Rising first: most mentions in the last hour above the usual. */
  list(input: { since: number; withClosed: boolean; limit: number }): Problem[]
  get(id: string): Problem
  mentions(id: string, limit: number): number[]
  /** What was decided about it, by people and by Earshot: entries of the journal, newest first. */
  changes(id: string, limit: number): JournalEntry[]
  rename(id: string, label: string, by: Actor): number
  close(id: string, by: Actor): number
  reopen(id: string, by: Actor): number
  /** All of `from` becomes part of `into`. */
  merge(from: string, into: string, by: Actor): number
  /** These mentions become a problem of their own. */
  split(id: string, mentionIds: readonly string[], label: string, by: Actor): { undo: number; problem: Problem }
  /** Takes one of the above back by a further entry. */
  undo(entry: number, by: Actor): Said
  /** Takes over what the slower look found, each move by an entry of the journal that says why. */
  sort(moves: readonly FoundMove[]): void
  /** Mentions are gone: what is remembered of them goes too. */
  forget(): void
  onChanged(listener: () => void): () => void
}

/** The problem that mentions belong to now, what it is called, and what the machine saw in them that it did not see before. */
export interface MovedTo {
  id: string
  label: string | null
  because: readonly string[]
}

export interface ProblemsDeps {
  store: Store
  clock: Clock
  /** In the transaction of a merge, a split or their undoing: these mentions belong to another problem now. */
  onMoved?: (mentionIds: readonly string[], problem: MovedTo, by: Actor) => void
  /** Default: words alone tell. */
  lexicon?: () => Lexicon
  /** A complaint was put somewhere. */
  onPlaced?: () => void
}

/** Mentions that another problem has from now on, and the one that was made for them. */
export type Moving = Pick<ProblemChange, 'moved' | 'to' | 'because'> & { made?: ProblemState }
