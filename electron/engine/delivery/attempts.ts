import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { SendResult } from '#shared/model/parcel.ts'
import { both, said } from '#shared/words/said.ts'
import { parcelById, putParcel, type Parcel, type ParcelKind } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import { subjectOf, type Carried } from './carried.ts'
import { CANCELLED, guarded, verdictOf, type Verdict } from './verdict.ts'

export interface AttemptsDeps {
  store: Store
  transact<T>(work: () => T): T
  clock: Clock
  log: Log
  kindOf(of: { kind: ParcelKind }): Carried<ParcelKind>
  /** Nothing leaves by this parcel's lane before then. */
  rest(parcel: Parcel, until: number): void
}

/** Deleting can be repeated without harm, so nothing stays unknown. */
function ofWithdrawal(parcel: Parcel, { state, nextAttemptAt, advice }: Verdict): Parcel {
  if (state === 'queued') return { ...parcel, nextAttemptAt, advice }
  if (state === 'sent') return { ...parcel, state: 'withdrawn', nextAttemptAt, advice }
  const sorry = said('reply.notDeleted')
  return { ...parcel, state: 'sent', nextAttemptAt, advice: advice ? both(sorry, advice) : sorry }
}

/** One attempt to send one parcel, and what is written of how it ended. */
export function createAttempts({ store, transact, clock, log, kindOf, rest }: AttemptsDeps) {
  let closed = false

  /** Writes how far it came, and what that means for its case or alert, in one transaction. */
  function conclude(before: Parcel, parcel: Parcel, cameBack = false): void {
    transact(() => {
      putParcel(store, parcel)
      if (parcel.nextAttemptAt !== null) return
      const known = subjectOf(store, parcel)
      if (known) kindOf(parcel).tell(known, parcel, before, cameBack)
    })
  }

  async function attempt(due: Parcel): Promise<void> {
    const kind = kindOf(due)
    const isWithdrawal = due.state === 'withdrawing'
    const ready = isWithdrawal ? due : kind.ready(due)
    if ('waits' in ready) return void store.transaction(() => putParcel(store, ready.waits))
    if (!('id' in ready)) return conclude(due, { ...due, nextAttemptAt: null, ...ready })
    const leaving: Parcel = {
      ...ready,
      ...(!isWithdrawal && { state: 'sending', nextAttemptAt: null }),
      attempts: due.attempts + 1,
      triedAt: due.triedAt ?? clock.now(),
    }
    store.transaction(() => putParcel(store, leaving))
    const result = await guarded(() => kind.send(leaving), log, { parcel: due.id, lane: due.lane })
    // Somebody may have wanted it back meanwhile.
    if (!closed) settle(parcelById(store, due.id) ?? leaving, result)
  }

  function settle(parcel: Parcel, result: SendResult): void {
    const now = clock.now()
    const kind = kindOf(parcel)
    if (result.all && result.retryAfterMs !== null) rest(parcel, now + result.retryAfterMs)
    const isWithdrawal = parcel.state === 'withdrawing'
    const repeatable = isWithdrawal || kind.repeatable(parcel)
    const verdict = verdictOf(parcel, result, { now, repeatable, words: kind.words })
    if (isWithdrawal) return conclude(parcel, ofWithdrawal(parcel, verdict))
    if (verdict.state === 'sent') {
      const { externalId, url } = { ...parcel, ...result.sent }
      return conclude(parcel, { ...parcel, ...verdict, sentAt: now, externalId, url })
    }
    if (!parcel.takeBack) return conclude(parcel, { ...parcel, ...verdict })
    const { maybeThere } = verdict
    const advice = maybeThere ? said('reply.toBeTakenBack', { message: kind.words.unsure }) : CANCELLED
    const state = maybeThere ? 'unknown' : 'cancelled'
    conclude(parcel, { ...parcel, maybeThere, state, nextAttemptAt: null, advice })
  }

  return {
    attempt,
    conclude,
    /** What still comes back is told to nobody: the store is about to be closed. */
    close: (): void => void (closed = true),
  }
}
