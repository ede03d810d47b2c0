import type { Said } from '#shared/model/said.ts'
import { both, said } from '#shared/words/said.ts'
import type { Actor } from '#shared/model/journal.ts'
import { entriesOfCase, entryBySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import {
  answerById,
  answersInterrupted,
  answersOfCase,
  nextAnswerAfter,
  nextAnswerDue,
  putAnswer,
  sourcesWithAnswersDue,
  type AnswerRow,
} from '#engine/store/queries/answers.ts'
import type { CaseFields } from '#engine/store/case-projection.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { answered, unanswered } from '#engine/cases/commands.ts'
import {
  CANCELLED,
  guarded,
  interruptedVerdict,
  verdictOf,
  type DeliveryWords,
  type Verdict,
} from '#engine/delivery/delivery.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { Accounts } from './accounts.ts'
import type { AnswerDoor, DoorResult } from './door.ts'
import { answerOnCase } from './on-case.ts'
import { standsAgainst } from './standing.ts'

const engine: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }
/** After a fault of the store or the program the source is left alone this long. */
const FAULT_MS = 30_000
/** So long a hanging network keeps the program from closing; what is under way is sorted out at the next start. */
const STOP_MS = 2_000

/** From here on a rest is worth a word. */
const LONG_REST_MS = 10_000
const RESTING = said('reply.waitsForLimit')

const words: DeliveryWords = {
  gaveUp: said('reply.checkSource'),
  unsure: said('reply.lookOnNetwork'),
}

/** Somebody closed the case as answered while the answer was on its way. */
const notAnswered = (c: StoredCase): CaseFields =>
  c.state === 'closed' && c.closeReason === 'answered' && c.repliedAt === null ? unanswered(c) : {}

/** The part of the answers that leaves: one lane a source, in the order in which they were written, at the network's pace. */
export function createPost({
  store,
  ledger,
  door,
  clock,
  log,
  accounts,
}: {
  store: Store
  ledger: Ledger
  door: AnswerDoor
  clock: Clock
  log: Log
  accounts: Accounts
}) {
  const lanes = new Map<string, Promise<void>>()
  const notBefore = new Map<string, number>()
  let running = false
  let closed = false
  let cancelTimer: (() => void) | null = null

  const freeAt = (sourceId: string): number => notBefore.get(sourceId) ?? 0
  function rest(sourceId: string, until: number): void {
    notBefore.set(sourceId, Math.max(freeAt(sourceId), until))
  }

  /** Writes a row, and with it what it means for the case, in one transaction. */
  function record(row: AnswerRow, kind: 'answer.failed' | 'answer.unknown' | 'answer.cancelled' | null): void {
    ledger.transact(() => {
      putAnswer(store, row)
      const known = kind === null ? undefined : caseById(store, row.caseId)
      if (kind === null || !known) return
      const data = { answer: row.id, way: row.way, source: row.sourceName, advice: row.advice }
      const after: CaseFields = kind === 'answer.cancelled' ? {} : notAnswered(known)
      after.answer = answerOnCase(store, known.id)
      ledger.change(known, { kind, after, data }, engine)
    })
  }

  function arrived(row: AnswerRow, result: DoorResult, takenBack: boolean): void {
    ledger.transact(() => {
      const now = clock.now()
      const { externalId = null, url = null } = result.sent ?? {}
      const account = accounts.known(row.sourceId).name ?? row.account
      const next: AnswerRow = { ...row, state: 'sent', nextAttemptAt: null, sentAt: now, externalId, url, account, advice: null, maybeThere: false } // prettier-ignore
      putAnswer(store, next)
      const known = caseById(store, row.caseId)
      if (!known) return
      if (takenBack) {
        withdraw(next, known, engine)
        return
      }
      const data = { answer: row.id, text: row.text, url, way: row.way, source: row.sourceName, as: account }
      const keepPromise = keepsPromise(row, known)
      const change = answered(known, { data, keepPromise }, now)
      change.after.answer = answerOnCase(store, known.id)
      ledger.change(known, change, row.actor)
    })
  }

  /** A promise that this answer tells of, or that was made after it was written, is not kept by it. */
  function keepsPromise(row: AnswerRow, known: StoredCase): boolean {
    if (known.promise === null) return true
    const { data } = entryBySeq(store, row.entry) ?? { data: {} as Record<string, unknown> }
    const then = data.promise as StoredCase['promise'] | undefined
    const isTheSame = then?.dueAt === known.promise.dueAt && then.text === known.promise.text
    return data.tellsPromise === true || !isTheSame
  }

  function settle(before: AnswerRow, result: DoorResult): void {
    if (closed) return
    // Somebody may have wanted it back meanwhile.
    const row = answerById(store, before.id) ?? before
    const now = clock.now()
    if (result.all && result.retryAfterMs !== null) rest(row.sourceId, now + result.retryAfterMs)
    if (result.outcome === 'sent') return arrived(row, result, row.takeBack)
    const repeatable = door.repeatable(row.sourceId, row.way)
    const verdict = verdictOf(row, result, { now, repeatable, words })
    if (row.takeBack) {
      const advice = verdict.maybeThere ? said('reply.toBeTakenBack', { message: words.unsure }) : CANCELLED
      const state = verdict.maybeThere ? 'unknown' : 'cancelled'
      return record({ ...row, ...verdict, state, advice, nextAttemptAt: null }, `answer.${state}`)
    }
    conclude(row, verdict)
  }

  function conclude(row: AnswerRow, verdict: Verdict): void {
    const { state } = verdict
    record({ ...row, ...verdict }, state === 'failed' || state === 'unknown' ? `answer.${state}` : null)
  }

  async function attempt(due: AnswerRow): Promise<void> {
    const known = caseById(store, due.caseId)
    const mention = known && mentionById(store, known.mentionId)
    const ended = { ...due, nextAttemptAt: null }
    if (!known || !mention) return record({ ...ended, state: 'failed', advice: said('reply.mentionGone') }, 'answer.failed') // prettier-ignore
    const later = entriesOfCase(store, due.caseId).filter(({ seq }) => seq > due.entry)
    const written = new Set(
      answersOfCase(store, due.caseId).flatMap(({ id, entry }) => (entry <= due.entry ? [id] : [])),
    )
    const against = standsAgainst(written, later)
    if (against !== null) {
      const state = due.maybeThere ? 'unknown' : 'failed'
      const advice = due.maybeThere ? both(against, words.unsure) : said('delivery.notSent', { why: against })
      return record({ ...ended, state, advice }, `answer.${state}`)
    }
    const now = clock.now()
    const row: AnswerRow = { ...ended, state: 'sending', attempts: due.attempts + 1, triedAt: due.triedAt ?? now }
    store.transaction(() => putAnswer(store, row))
    const { way, text, id: key, createdAt: at } = row
    const triedAt = row.maybeThere ? row.triedAt : null
    const about = { answer: row.id, source: row.sourceId }
    const result = await guarded(() => door.send(row.sourceId, mention, { way, text, key, at, triedAt }), log, about)
    settle(row, { sent: null, ...result })
  }

  /** Asks the network to delete it, from now on until it is done. Returns what to tell whoever asked. Inside a transaction. */
  function withdraw(row: AnswerRow, known: StoredCase, actor: Actor): Said {
    const data = { answer: row.id, way: row.way, source: row.sourceName, url: row.url }
    if (!door.canWithdraw(row.sourceId) || row.externalId === null) {
      const advice = said('reply.staysThere')
      const after = { answer: answerOnCase(store, row.caseId) }
      ledger.change(known, { kind: 'answer.stayed', after, data: { ...data, advice } }, actor)
      return row.url === null ? advice : both(advice, said('reply.deleteOnNetwork'))
    }
    putAnswer(store, { ...row, state: 'withdrawing', takeBack: false, attempts: 0, nextAttemptAt: clock.now(), advice: null }) // prettier-ignore
    ledger.change(
      known,
      { kind: 'answer.withdrawing', after: { answer: answerOnCase(store, row.caseId) }, data },
      actor,
    )
    return said('reply.beingDeleted', { name: row.sourceName })
  }

  async function attemptWithdrawal(due: AnswerRow): Promise<void> {
    const row = { ...due, attempts: due.attempts + 1 }
    const place = { externalId: row.externalId ?? '', url: row.url }
    const about = { answer: row.id, source: row.sourceId }
    const result = await guarded(() => door.withdraw(row.sourceId, row.way, place), log, about)
    if (closed) return
    const now = clock.now()
    // Deleting can be repeated without harm, so nothing stays unknown.
    const { state, nextAttemptAt, advice } = verdictOf(row, result, { now, repeatable: true, words })
    if (state === 'queued') return record({ ...row, nextAttemptAt, advice }, null)
    const gone = state === 'sent'
    ledger.transact(() => {
      const sorry = said('reply.notDeleted')
      const stays = gone ? null : advice ? both(sorry, advice) : sorry
      putAnswer(store, { ...row, state: gone ? 'withdrawn' : 'sent', nextAttemptAt: null, advice: stays })
      const known = caseById(store, row.caseId)
      const data = { answer: row.id, way: row.way, source: row.sourceName, url: row.url, advice: stays }
      if (!known) return
      const answer = answerOnCase(store, row.caseId)
      if (gone) ledger.change(known, { kind: 'answer.withdrawn', after: { answer }, data }, engine)
      else ledger.change(known, { kind: 'answer.stayed', after: {}, data }, engine)
    })
  }

  async function lane(sourceId: string): Promise<void> {
    const due = nextAnswerDue(store, sourceId, clock.now())
    if (!due) return
    try {
      await (due.state === 'withdrawing' ? attemptWithdrawal(due) : attempt(due))
      rest(sourceId, clock.now() + door.paceMs(sourceId))
    } catch (error) {
      rest(sourceId, clock.now() + FAULT_MS)
      if (!closed)
        log.log('error', 'An answer could not be dealt with and is looked at again', { answer: due.id }, error)
    }
  }

  function pump(): void {
    if (!running) return
    const now = clock.now()
    for (const sourceId of sourcesWithAnswersDue(store, now)) {
      if (lanes.has(sourceId) || freeAt(sourceId) > now) continue
      const done = lane(sourceId).finally(() => {
        lanes.delete(sourceId)
        pump()
      })
      lanes.set(sourceId, done)
    }
    arm()
  }

  /** Wakes up when the next one is due. */
  function arm(): void {
    cancelTimer?.()
    cancelTimer = null
    if (!running) return
    const now = clock.now()
    const times = sourcesWithAnswersDue(store, now).flatMap((id) => (lanes.has(id) ? [] : [Math.max(now, freeAt(id))]))
    const next = nextAnswerAfter(store, now)
    if (next !== null) times.push(next)
    if (times.length > 0) cancelTimer = clock.after(Math.max(0, Math.min(...times) - now), pump)
  }

  return {
    get running() {
      return running
    },
    arm,
    withdraw,

    /** A row with the rest that the network has ordered for its whole account. */
    withRest(row: AnswerRow): AnswerRow {
      const free = freeAt(row.sourceId)
      if (row.nextAttemptAt === null || free <= row.nextAttemptAt) return row
      const isLong = free - clock.now() > LONG_REST_MS
      return { ...row, nextAttemptAt: free, advice: row.advice ?? (isLong ? RESTING : null) }
    },

    start() {
      if (running) return
      for (const row of answersInterrupted(store)) {
        const repeatable = door.repeatable(row.sourceId, row.way)
        const verdict = interruptedVerdict(clock.now(), repeatable, words)
        if (row.takeBack) conclude(row, interruptedVerdict(clock.now(), false, words))
        else conclude(row, verdict)
      }
      running = true
      arm()
    },

    async work(): Promise<void> {
      pump()
      while (lanes.size > 0) await Promise.all(lanes.values())
    },

    async stop(): Promise<void> {
      running = false
      cancelTimer?.()
      if (lanes.size > 0) await Promise.race([Promise.all(lanes.values()), clock.sleep(STOP_MS)])
      closed = true
    },
  }
}
