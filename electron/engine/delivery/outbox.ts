import { Failure } from '#engine/platform/failure.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Said } from '#shared/model/said.ts'
import {
  parcelById,
  parcelsInterrupted,
  putParcel,
  type Parcel,
  type ParcelKind,
} from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import { createAttempts } from './attempts.ts'
import { subjectOf, type Carried } from './carried.ts'
import { createLanes } from './lanes.ts'
import { CANCELLED, GRACE_MS, interruptedVerdict } from './verdict.ts'

/** So long a hanging receiver keeps the program from closing; what is under way is sorted out at the next start. */
const STOP_MS = 2_000

export interface OutboxDeps {
  store: Store
  /** Runs work in a transaction; whoever follows cases hears of it once it is committed. */
  transact<T>(work: () => T): T
  clock: Clock
  log: Log
  /** Time to take something back; default 5 s. */
  graceMs?: number
}

type Wrapped<K extends ParcelKind> = Pick<
  Parcel<K>,
  'id' | 'caseId' | 'kind' | 'lane' | 'laneName' | 'network' | 'content'
>

/**
 * Everything that leaves. A row is committed with the decision; it is marked as being sent before the first byte leaves, and
 * as sent when the receiver said so. Whatever happens in between, nothing is forgotten, and nothing is sent twice to a
 * receiver that cannot tell.
 */
export interface Outbox {
  /** Told once for each kind, before anything of it is put in. */
  carry<K extends ParcelKind>(kind: K, carried: Carried<K>): void
  /** Lets it go at a time, by default after its grace. Inside a transaction. */
  put<K extends ParcelKind>(wrapped: Wrapped<K>, at?: number): void
  /** What waits leaves at that time. Inside a transaction. */
  hasten(id: string, at: number): void
  /** Takes back whatever can be; says what stays outside. Inside a transaction. */
  takeBack(ids: readonly string[], actor: Actor): Said | null
  /** Sends a failed or unknown one again, with the same key. */
  retry<K extends ParcelKind>(kind: K, id: string, actor: Actor): Parcel<K>
  /** The receiver's mail server said, after it had taken it, that it cannot deliver it. false: there is none that had left. */
  bounced(id: string, advice: Said): boolean
  /** Until when the network has ordered this lane to rest, in ms; 0: it has not. */
  restsUntil(kind: ParcelKind, lane: string): number
  readonly running: boolean
  /** Sorts out what a crash left behind, and sends from now on. */
  start(): void
  /** Sends what is due; resolves when nothing is under way any more. */
  work(): Promise<void>
  stop(): Promise<void>
}

const gone = { reply: 'reply.gone', handoff: 'handoff.gone', alert: 'recipient.messageGone' } as const

/** As it is put in. */
const fresh = {
  state: 'queued',
  attempts: 0,
  maybeThere: false,
  takeBack: false,
  triedAt: null,
  sentAt: null,
  externalId: null,
  url: null,
  advice: null,
} as const

// Long: what can be done with a parcel, a few lines each over the same lanes and attempts.
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, clock, transact } = deps
  const kinds = new Map<ParcelKind, Carried<ParcelKind>>()
  const kindOf = ({ kind }: { kind: ParcelKind }): Carried<ParcelKind> => kinds.get(kind) as Carried<ParcelKind>
  const attempts = createAttempts({ ...deps, kindOf, rest: (parcel, until) => lanes.rest(parcel, until) })
  const { conclude } = attempts
  const lanes = createLanes({ ...deps, kindOf, attempt: attempts.attempt })

  /** What becomes of one that is wanted back. Returns what stays outside. */
  function back(parcel: Parcel, actor: Actor): Said | null {
    const kind = kindOf(parcel)
    const { state, maybeThere } = parcel
    if (state === 'queued' && !maybeThere) {
      putParcel(store, { ...parcel, state: 'cancelled', nextAttemptAt: null, advice: CANCELLED })
    } else if (state === 'queued' || state === 'unknown') {
      const advice = kind.words.mayBeThere
      putParcel(store, { ...parcel, state: 'unknown', nextAttemptAt: null, advice })
      return advice
    } else if (state === 'sending') {
      putParcel(store, { ...parcel, takeBack: true })
      return kind.words.leavingNow
    } else if (state === 'sent') {
      const known = subjectOf(store, parcel)
      return known ? kind.recall(known, parcel, actor) : null
    }
    return null
  }

  return {
    carry: (kind, carried) => void kinds.set(kind, carried),
    restsUntil: lanes.restsUntil,
    get running() {
      return lanes.running
    },

    put(wrapped, at) {
      const now = clock.now()
      const nextAttemptAt = at ?? now + (deps.graceMs ?? GRACE_MS)
      putParcel(store, { ...fresh, ...wrapped, createdAt: now, nextAttemptAt } as Parcel)
      lanes.wakeBy(nextAttemptAt)
    },

    hasten(id, at) {
      const parcel = parcelById(store, id)
      if (parcel?.state !== 'queued') return
      putParcel(store, { ...parcel, nextAttemptAt: at })
      lanes.wakeBy(at)
    },

    takeBack(ids, actor) {
      let stays: Said | null = null
      for (const id of ids) {
        const parcel = parcelById(store, id)
        if (parcel) stays = back(parcel, actor) ?? stays
      }
      lanes.wakeBy(clock.now())
      return stays
    },

    retry<K extends ParcelKind>(kind: K, id: string, actor: Actor): Parcel<K> {
      return transact(() => {
        const parcel = parcelById(store, id)
        if (!parcel || parcel.kind !== kind) throw new Failure('user', gone[kind])
        const again = kindOf(parcel).again(subjectOf(store, parcel), parcel, actor)
        // Whoever sends it again after "unknown" has looked, and takes it upon themselves; the key stays. Whoever wanted it back
        // before wants it sent now.
        const nextAttemptAt = clock.now()
        const next: Parcel = { ...again, state: 'queued', attempts: 0, takeBack: false, nextAttemptAt, advice: null }
        putParcel(store, next)
        lanes.wakeBy(nextAttemptAt)
        return next as Parcel<K>
      })
    },

    bounced(id, advice) {
      const parcel = parcelById(store, id)
      // It may be on its way once more; what the next attempt says is newer.
      if (parcel?.state !== 'sent' && parcel?.state !== 'unknown') return false
      // A desk is shown when it was handed off; a reply that came back was never sent.
      const sentAt = parcel.kind === 'handoff' ? parcel.sentAt : null
      conclude(parcel, { ...parcel, state: 'failed', sentAt, advice, maybeThere: false }, true)
      return true
    },

    start() {
      if (lanes.running) return
      for (const parcel of parcelsInterrupted(store)) {
        const kind = kindOf(parcel)
        const repeatable = !parcel.takeBack && kind.repeatable(parcel)
        conclude(parcel, { ...parcel, ...interruptedVerdict(clock.now(), repeatable, kind.words) })
      }
      lanes.start()
    },

    work: lanes.work,

    async stop() {
      await lanes.stop(STOP_MS)
      attempts.close()
    },
  }
}
