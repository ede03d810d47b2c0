import { giveWay } from '#engine/platform/give-way.ts'
import type { MentionWriter } from '#engine/store/mention-writer.ts'
import { orphanedCopies, setCopyOf } from '#engine/store/mention-remover.ts'
import { alsoOfOthers, changeImport, reachOf, rowsOfImport, type ImportRow } from '#engine/store/queries/imports.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import type { NearDuplicates } from './near-duplicates.ts'

/** Of the rows of an import those that have to stay, because somebody decided something about them. */
export type Staying = (seqs: readonly number[]) => ReadonlySet<number>

export interface TakeBackDeps {
  store: Store
  writer: MentionWriter
  duplicates: NearDuplicates
  /** Rows that something on its way into the store counts as there already: it would be lost with them. */
  met(): ReadonlySet<number>
  /** Resolves when what was under way before is written. */
  settled(): Promise<void>
  /** The intake is closing: stop between two steps, the next start goes on. */
  stopped(): boolean
}

/** Runs `work` in one transaction, in which cases may be taken back too. */
export type Withdrawing = <T>(work: (staying: Staying) => T) => T

/** Rows of one transaction; each costs some fifty look-ups. */
const SLICE = 200
/** Where authors said much more later, every slice links all of that anew: then fewer, longer ones. */
const LONG_SLICE = 2000
const RELINKED_FOR_EACH = 10
/** Look-up entries that are written at once before rows may go. */
const TIDY = 2000
/** Rows that are searched for copies at once. */
const STRETCH = 5000

/**
 * Takes the rows of an import out of the store, newest first, a few at a time with others' turns between; how far it came is
 * written with each step, so that a crash repeats nothing. false: it was stopped before the end.
 */
export async function takeBack(deps: TakeBackDeps, row: ImportRow, withdrawing: Withdrawing): Promise<boolean> {
  const { store, stopped } = deps
  await deps.settled()
  if (!(await removeRows(deps, row, withdrawing))) return false
  const stretches = reachOf(store, row.no)
  const [first] = stretches
  if (first && !(await nameFirsts(deps, first.firstSeq))) return false
  await store.indexed()
  for (const stretch of stretches) {
    if (stopped()) return false
    await store.prune(stretch)
  }
  return true
}

async function removeRows(deps: TakeBackDeps, row: ImportRow, withdrawing: Withdrawing): Promise<boolean> {
  const { store, writer, duplicates, met } = deps
  let { undone_from: below, removed, kept } = row
  let slice = SLICE
  for (;;) {
    const seqs = rowsOfImport(store, row.no, below, slice)
    const [newest] = seqs
    if (newest === undefined) return true
    while (!writer.settledUpTo(newest)) {
      if (deps.stopped()) return false
      store.transaction(() => writer.tidy(TIDY))
      await giveWay()
    }
    const [from] = seqs.slice(-1)
    let staying: ReadonlySet<number> = new Set()
    let relinked = 0
    try {
      withdrawing((stayingOf) => {
        // Others' first: the cases of those stay as they are.
        const others = new Set([...alsoOfOthers(store, row.no, seqs), ...met()])
        const own = seqs.filter((seq) => !others.has(seq))
        const decided = stayingOf(own)
        staying = new Set(seqs.filter((seq) => others.has(seq) || decided.has(seq)))
        relinked = writer.remove(seqs.filter((seq) => !staying.has(seq)))
        const done = { undone_from: from!, removed: removed + seqs.length - staying.size, kept: kept + staying.size }
        changeImport(store, row.no, done)
      })
    } catch (error) {
      writer.reset()
      throw error
    }
    removed += seqs.length - staying.size
    kept += staying.size
    below = from!
    slice = Math.min(LONG_SLICE, Math.max(SLICE, Math.ceil(relinked / RELINKED_FOR_EACH)))
    duplicates.forget(new Set(seqs.filter((seq) => !staying.has(seq))))
    await giveWay()
    if (store.resting) await store.resting
    if (deps.stopped()) return false
  }
}

/** Of copies whose first is gone the oldest becomes the first, and the others lead to it. */
async function nameFirsts({ store, duplicates, stopped }: TakeBackDeps, from: number): Promise<boolean> {
  const firsts = new Map<number, number>()
  for (let at = from; ; at += STRETCH) {
    if (stopped()) return false
    const last = lastSeq(store)
    const orphans = orphanedCopies(store, at, at + STRETCH - 1)
    if (orphans.length > 0)
      store.transaction(() => {
        for (const { seq, of } of orphans) {
          setCopyOf(store, seq, firsts.get(of) ?? null)
          if (!firsts.has(of)) firsts.set(of, seq)
        }
      })
    // In one breath with the last look: what comes from here on finds the others.
    if (at + STRETCH > last) break
    await giveWay()
  }
  duplicates.replace(firsts)
  return true
}
