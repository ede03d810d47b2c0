import { Failure } from '#engine/platform/failure.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Said } from '#shared/model/said.ts'
import { both, said } from '#shared/words/said.ts'
import type { CaseFields } from '#engine/store/case-projection.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { entryBySeq } from '#engine/store/queries/journal.ts'
import { parcelsOfCase, putParcel, type Parcel } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import { answered, unanswered } from '#engine/cases/commands.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { Carried } from '#engine/delivery/carried.ts'
import type { ReplyDoor } from './door.ts'
import { replyOnCase } from './on-case.ts'

type ReplyParcel = Parcel<'reply'>

export interface ReplyTellingDeps {
  store: Store
  ledger: Ledger
  door: ReplyDoor
  clock: Clock
}

/** What the journal says of every step. */
const about = ({ id, content, laneName }: ReplyParcel) => ({ answer: id, way: content.way, source: laneName })

/** Somebody closed the case as answered while the reply was on its way. */
const notAnswered = (c: StoredCase): CaseFields =>
  c.state === 'closed' && c.closeReason === 'answered' && c.repliedAt === null ? unanswered(c) : {}

/**
 * What becomes of a case by what becomes of its reply, and what the journal says of it.
 * Long: each way in which a reply may end, a few lines each over the same entry and case.
 */
export function createReplyTelling({
  store,
  ledger,
  door,
  clock,
}: ReplyTellingDeps): Pick<Carried<'reply'>, 'tell' | 'recall' | 'again'> {
  /** A promise that this reply tells of, or that was made after it was written, is not kept by it. */
  function keepsPromise({ content }: ReplyParcel, known: StoredCase): boolean {
    if (known.promise === null) return true
    const { data } = entryBySeq(store, content.entry) ?? { data: {} as Record<string, unknown> }
    const then = data.promise as StoredCase['promise'] | undefined
    const isTheSame = then?.dueAt === known.promise.dueAt && then.text === known.promise.text
    return data.tellsPromise === true || !isTheSame
  }

  function tellArrived(known: StoredCase, parcel: ReplyParcel): void {
    const { text, account, actor } = parcel.content
    const data = { ...about(parcel), text, url: parcel.url, as: account }
    const change = answered(known, { data, keepPromise: keepsPromise(parcel, known) }, clock.now())
    change.after.answer = replyOnCase(store, known.id)
    ledger.change(known, change, actor)
  }

  /** A reply that had been taken came back: the case is unanswered again, unless another one reached the customer. */
  function tellCameBack(known: StoredCase, parcel: ReplyParcel, before: ReplyParcel): void {
    const others = parcelsOfCase(store, 'reply', known.id).some(({ state }) => state === 'sent')
    const data = { ...about(parcel), advice: parcel.advice, undelivered: true }
    const answer = replyOnCase(store, known.id)
    // Nobody had taken an unknown one for an answer: what was answered since was answered otherwise.
    const again = before.state === 'sent' ? unanswered(known) : notAnswered(known)
    const after: CaseFields = others ? { answer } : { ...again, answer }
    ledger.change(known, { kind: 'answer.failed', after, data }, earshot)
  }

  function recall(known: StoredCase, parcel: ReplyParcel, actor: Actor): Said {
    const data = { ...about(parcel), url: parcel.url }
    const change = (kind: 'answer.stayed' | 'answer.withdrawing', more: object = {}): void => {
      const after = { answer: replyOnCase(store, known.id) }
      ledger.change(known, { kind, after, data: { ...data, ...more } }, actor)
    }
    if (!door.canWithdraw(parcel.lane) || parcel.externalId === null) {
      const advice = said('reply.staysThere')
      change('answer.stayed', { advice })
      return parcel.url === null ? advice : both(advice, said('reply.deleteOnNetwork'))
    }
    const nextAttemptAt = clock.now()
    putParcel(store, { ...parcel, state: 'withdrawing', takeBack: false, attempts: 0, nextAttemptAt, advice: null })
    change('answer.withdrawing')
    return said('reply.beingDeleted', { name: parcel.laneName })
  }

  return {
    recall,

    tell(known, parcel, before, cameBack) {
      const { state, advice } = parcel
      const answer = replyOnCase(store, known.id)
      const change = (
        kind: `answer.${'failed' | 'unknown' | 'cancelled' | 'stayed' | 'withdrawn'}`,
        after: CaseFields,
        more: object = {},
      ) => ledger.change(known, { kind, after, data: { ...about(parcel), ...more, advice } }, earshot)
      if (state === 'withdrawn') change('answer.withdrawn', { answer }, { url: parcel.url })
      else if (before.state === 'withdrawing') change('answer.stayed', {}, { url: parcel.url })
      else if (state === 'sent' && before.takeBack) recall(known, parcel, earshot)
      else if (state === 'sent') tellArrived(known, parcel)
      else if (cameBack) tellCameBack(known, parcel, before)
      else if (state === 'cancelled') change('answer.cancelled', { answer })
      else if (state === 'failed' || state === 'unknown') change(`answer.${state}`, { ...notAnswered(known), answer })
    },

    again(known, parcel, actor) {
      if (parcel.state !== 'failed' && parcel.state !== 'unknown') throw new Failure('user', 'delivery.onlyFailedAgain')
      if (!known) throw new Failure('user', 'case.gone')
      if (known.state === 'closed') throw new Failure('user', 'reply.caseClosed')
      const data = { ...about(parcel), text: parcel.content.text, again: true }
      const { entry } = ledger.change(known, { kind: 'answer.queued', after: { answer: 'queued' }, data }, actor)
      return { ...parcel, content: { ...parcel.content, entry } }
    },
  }
}
