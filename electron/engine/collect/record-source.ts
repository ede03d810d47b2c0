import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Source } from '#shared/model/source.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import type { CollectDeps } from './collect.ts'

/** Whoever changes a source without an officer's call: an import, the command line. */
export const itself: Actor = earshot

/** Inside a transaction: the journal is told, and the row follows from that. Of secrets it hears which there are, no more. */
export function recordSource(
  { store, clock }: Pick<CollectDeps, 'store' | 'clock'>,
  before: Source | null,
  { source, network, secretKeys }: StoredSource,
  actor: Actor,
): void {
  const data = { before, after: source, network, secretKeys }
  appendEntry(store, { at: clock.now(), kind: 'source.saved', actor, data })
}
