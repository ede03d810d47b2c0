import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Answer, AnswerOption, AnswerWay } from '#shared/model/answer.ts'
import type { CaseAnswer } from '#shared/model/case.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { newId } from '#shared/util/ids.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import {
  answerById,
  answersOfCase,
  answerThatIs,
  publicAnswer,
  putAnswer,
  type AnswerRow,
} from '#engine/store/queries/answers.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { mentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { CaseFields } from '#engine/store/case-projection.ts'
import type { Store } from '#engine/store/store.ts'
import { answered, unanswered, type Change } from '#engine/cases/commands.ts'
import { CANCELLED, GRACE_MS } from '#engine/delivery/delivery.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import { createAccounts } from './accounts.ts'
import type { AnswerDoor } from './door.ts'
import { answerOnCase } from './on-case.ts'
import { createPost } from './post.ts'

/** So long the ways of a case wait for networks that are asked who we are there. */
const LOOK_MS = 2_500
const engine: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }

export interface AnswersDeps {
  store: Store
  ledger: Ledger
  door: AnswerDoor
  clock: Clock
  log: Log
  /** Time to take an answer back; default 5 s. */
  graceMs?: number
}

export interface Wish {
  way: AnswerWay | 'best'
  /** null: the first source that can. */
  sourceId: string | null
}

/**
 * Answers on their way to customers. A row is committed with the decision and marked before the first byte leaves, so that
 * whatever happens in between nothing is forgotten and nothing is said twice; the case counts as answered when the
 * network has said that it took the answer.
 */
export interface Answers {
  /** Every way this case can be answered, what is possible first; asks networks whose account is not known yet. */
  ways(c: StoredCase): Promise<AnswerOption[]>
  /** The way that a wish means. Throws a Failure that says why it cannot be. */
  choose(c: StoredCase, wish: Wish): AnswerOption
  /** The text as it leaves that way and its length there. */
  compose(option: AnswerOption, text: string, mention: Mention): { text: string; length: number }
  /** Lets an answer go after its grace. `change` is the decision that is journalled. Inside a transaction. */
  queue(c: StoredCase, option: AnswerOption, text: string, actors: { by: Actor; decides: Actor }, change: (id: string) => Change): Recorded // prettier-ignore
  /** Takes answers back; says what stays outside. Inside a transaction. */
  takeBack(ids: readonly string[], actor: Actor): Said | null
  retry(id: string, actor: Actor): Answer
  /** Somebody looked: an unknown answer did arrive. */
  arrived(id: string, url: string | null, actor: Actor): Answer
  /**
   * The network reports afterwards that a sent answer did not reach the customer: the case is unanswered again. `key`: as the
   * connector got it. false: no sent answer has this key.
   */
  undelivered(key: string, advice: Said): boolean
  ofCase(caseId: string): Answer[]
  /** How far the newest one came that was not taken back before it left. */
  stateOf(caseId: string): CaseAnswer
  /** Whether a mention that was heard is what we wrote ourselves. */
  isOurs(mention: Mention): boolean
  /** The case whose answer its own customer answers with this mention. */
  answeredBy(mention: Mention): StoredCase | undefined
  /** Sources were added or changed. */
  sourcesChanged(): void
  /** Sorts out what a crash left behind, and sends from now on. */
  start(): void
  /** Sends what is due; resolves when nothing is under way any more. */
  work(): Promise<void>
  stop(): Promise<void>
}

export function createAnswers(deps: AnswersDeps): Answers {
  const { store, ledger, door, clock } = deps
  const accounts = createAccounts({ store, door, clock, log: deps.log })
  const post = createPost({ ...deps, accounts })

  function mentionOf(c: StoredCase): Mention {
    const mention = mentionById(store, c.mentionId)
    if (!mention) throw new Failure('user', 'case.mentionGone')
    return mention
  }

  const optionsOf = (mention: Mention): AnswerOption[] =>
    door
      .options(mention)
      .map((option) => {
        const { name, limit, why } = accounts.known(option.sourceId)
        const against = option.why ?? why
        return { ...option, as: name, limit: limit ?? option.limit, possible: against === null, why: against }
      })
      .sort((a, b) => Number(b.possible) - Number(a.possible))

  function rowOf(id: string): AnswerRow {
    const row = answerById(store, id)
    if (!row) throw new Failure('user', 'reply.gone')
    return row
  }

  function caseOf(row: AnswerRow): StoredCase {
    const known = caseById(store, row.caseId)
    if (!known) throw new Failure('user', 'case.gone')
    return known
  }

  return {
    async ways(c) {
      const mention = mentionOf(c)
      const asked = new Map(door.options(mention).flatMap((one) => (one.why === null ? [[one.sourceId, one]] : [])))
      const looks = Promise.all([...asked.values()].map(({ sourceId, network }) => accounts.look(sourceId, network)))
      // A network that does not answer keeps nobody from writing; whose name it is comes later.
      let cancel = (): void => {}
      const patience = new Promise<void>((resolve) => (cancel = clock.after(LOOK_MS, resolve)))
      await Promise.race([looks, patience]).finally(cancel)
      return optionsOf(mention)
    },

    choose(c, { way, sourceId }) {
      const fitting = optionsOf(mentionOf(c)).filter(
        (option) => (way === 'best' || option.way === way) && (sourceId === null || option.sourceId === sourceId),
      )
      const [first] = fitting
      if (first?.possible) return first
      throw new Failure('user', first?.why ?? said('reply.wayMissing'))
    },

    compose: (option, text, mention) =>
      door.compose(option.sourceId, option.way, text, mention) ?? { text, length: text.length },

    queue(c, option, text, { by, decides }, change) {
      const id = newId('ans')
      const now = clock.now()
      const recorded = ledger.change(c, change(id), decides)
      putAnswer(store, {
        id,
        caseId: c.id,
        way: option.way,
        sourceId: option.sourceId,
        sourceName: option.sourceName,
        network: option.network,
        account: option.as,
        text,
        actor: by,
        entry: recorded.entry,
        state: 'queued',
        attempts: 0,
        maybeThere: false,
        takeBack: false,
        createdAt: now,
        triedAt: null,
        nextAttemptAt: now + (deps.graceMs ?? GRACE_MS),
        sentAt: null,
        externalId: null,
        url: null,
        advice: null,
      })
      post.arm()
      return recorded
    },

    takeBack(ids, actor) {
      let stays: Said | null = null
      for (const id of ids) {
        const row = answerById(store, id)
        if (!row) continue
        if (row.state === 'queued' && !row.maybeThere) {
          putAnswer(store, { ...row, state: 'cancelled', nextAttemptAt: null, advice: CANCELLED })
        } else if (row.state === 'queued' || row.state === 'unknown') {
          const advice = said('reply.mayHaveArrived')
          putAnswer(store, { ...row, state: 'unknown', nextAttemptAt: null, advice })
          stays = advice
        } else if (row.state === 'sending') {
          putAnswer(store, { ...row, takeBack: true })
          stays = said('reply.leavingNow')
        } else if (row.state === 'sent') stays = post.withdraw(row, caseOf(row), actor)
      }
      post.arm()
      return stays
    },

    retry(id, actor) {
      return ledger.transact(() => {
        const row = rowOf(id)
        if (row.state !== 'failed' && row.state !== 'unknown') throw new Failure('user', 'delivery.onlyFailedAgain')
        const known = caseOf(row)
        if (known.state === 'closed') throw new Failure('user', 'reply.caseClosed')
        const data = { answer: id, text: row.text, way: row.way, source: row.sourceName, again: true }
        const { entry } = ledger.change(known, { kind: 'answer.queued', after: { answer: 'queued' }, data }, actor)
        // An officer who sends it again after "unknown" has looked, and takes it upon themselves; the key stays. Whoever wanted
        // it back before wants it sent now.
        const next: AnswerRow = {
          ...row,
          entry,
          state: 'queued',
          attempts: 0,
          takeBack: false,
          nextAttemptAt: clock.now(),
          advice: null,
        }
        putAnswer(store, next)
        post.arm()
        return publicAnswer(next)
      })
    },

    arrived(id, url, actor) {
      return ledger.transact(() => {
        const row = rowOf(id)
        if (row.state !== 'unknown') throw new Failure('user', 'reply.onlyUnknownArrived')
        const now = clock.now()
        const next: AnswerRow = { ...row, state: 'sent', sentAt: now, url: url ?? row.url, advice: null, maybeThere: false } // prettier-ignore
        putAnswer(store, next)
        const data = { answer: id, text: row.text, url: next.url, way: row.way, seen: true }
        const known = caseOf(row)
        ledger.change(known, answered(known, { data, keepPromise: true }, now), actor)
        return publicAnswer(next)
      })
    },

    undelivered(key, advice) {
      return ledger.transact(() => {
        const row = answerById(store, key)
        const known = row && caseById(store, row.caseId)
        if (row?.state !== 'sent' || !known) return false
        putAnswer(store, { ...row, state: 'failed', sentAt: null, advice })
        const others = answersOfCase(store, known.id).some(({ id, state }) => id !== key && state === 'sent')
        const data = { answer: key, way: row.way, source: row.sourceName, advice, undelivered: true }
        const answer = answerOnCase(store, known.id)
        const after: CaseFields = others ? { answer } : { ...unanswered(known), answer }
        ledger.change(known, { kind: 'answer.failed', after, data }, engine)
        return true
      })
    },

    ofCase: (caseId) => answersOfCase(store, caseId).map((row) => publicAnswer(post.withRest(row))),
    stateOf: (caseId) => answerOnCase(store, caseId),

    isOurs: (mention) =>
      accounts.wrote(mention) || answerThatIs(store, mention.network, mention.externalId, mention.url) !== undefined,

    answeredBy(mention) {
      if (mention.inReplyTo === null) return undefined
      const row = answerThatIs(store, mention.network, mention.inReplyTo, null)
      const known = row && caseById(store, row.caseId)
      if (!known || known.authorKey === null) return undefined
      return mentionKeys(store, mention.seq)?.authorKey === known.authorKey ? known : undefined
    },

    sourcesChanged() {
      accounts.changed()
      if (post.running) accounts.lookAll()
    },

    start() {
      post.start()
      accounts.lookAll()
    },
    work: () => post.work(),
    async stop() {
      accounts.stop()
      await post.stop()
    },
  }
}
