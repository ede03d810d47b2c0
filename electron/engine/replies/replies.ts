import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import type { NetworkWay, Reply, ReplyOption } from '#shared/model/reply.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { newId } from '#shared/util/ids.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { parcelById, parcelsOfCase, putParcel, replyThatIs, type Parcel } from '#engine/store/queries/parcels.ts'
import { mentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { Store } from '#engine/store/store.ts'
import { answered, type Change } from '#engine/cases/commands.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import { createAccounts, type Accounts } from './accounts.ts'
import type { ReplyDoor } from './door.ts'
import { replyParcels } from './reply-parcels.ts'

/** So long the ways of a case wait for networks that are asked who we are there. */
const LOOK_MS = 2_500
/** From here on a rest is worth a word. */
const LONG_REST_MS = 10_000

export interface RepliesDeps {
  store: Store
  ledger: Ledger
  outbox: Outbox
  door: ReplyDoor
  clock: Clock
  log: Log
}

export interface Wish {
  way: NetworkWay | 'best'
  /** null: the first source that can. */
  sourceId: string | null
}

/** A way with the content warning and the language that the officer chose; undefined: as what is answered. */
export type ChosenWay = ReplyOption & { said?: string | undefined; lang?: string | undefined }

/** What customers are told through networks; the case counts as replied when the network has said that it took the reply. */
export interface Replies {
  /** Every way this case can be replied to, what is possible first; asks networks whose account is not known yet. */
  ways(c: StoredCase): Promise<ReplyOption[]>
  /** The way that a wish means. Throws a Failure that says why it cannot be. */
  choose(c: StoredCase, wish: Wish): ReplyOption
  /** The text as it leaves that way and its length there. */
  compose(option: ChosenWay, text: string, mention: Mention): { text: string; length: number; readers: string[] }
  /** Lets a reply go after its grace. Inside a transaction. */
  queue(c: StoredCase, option: ChosenWay, text: string, decision: ReplyDecision): Recorded
  retry(id: string, actor: Actor): Reply
  /** Somebody looked: an unknown reply did arrive. */
  arrived(id: string, url: string | null, actor: Actor): Reply
  ofCase(caseId: string): Reply[]
  /** Whether a mention that was heard is what we wrote ourselves. */
  isOurs(mention: Mention): boolean
  /** The case whose reply its own customer answers with this mention. */
  answeredBy(mention: Mention): StoredCase | undefined
  /** The case whose reply somebody else answers with this mention: another address of the customer, a colleague. */
  answeredByOther(mention: Mention): StoredCase | undefined
  /** Sources were added or changed. */
  sourcesChanged(): void
  /** Finds out, in the background, whose names replies leave under. */
  start(): void
  stop(): void
}

export interface ReplyDecision {
  /** Who wrote it, and who decided that it leaves. */
  by: Actor
  decides: Actor
  /** The decision that is journalled, for the reply of this id. */
  change(id: string): Change
}

const publicReply = ({ content, ...parcel }: Parcel<'reply'>): Reply => ({
  id: parcel.id,
  caseId: parcel.caseId,
  way: content.way,
  sourceId: parcel.lane,
  sourceName: parcel.laneName,
  as: content.account,
  text: content.text,
  state: parcel.state,
  url: parcel.url,
  advice: parcel.advice,
  attempts: parcel.attempts,
  by: content.actor.name,
  at: parcel.createdAt,
  nextAttemptAt: parcel.nextAttemptAt,
  sentAt: parcel.sentAt,
})

/** `@care` and `@care@kaffora.example` are one account at home. */
const isAccount = (name: string, own: string | null): boolean =>
  own !== null && [own, own.replace(/(?<=.)@.*$/, '')].some((one) => one.toLowerCase() === name.toLowerCase())

const arrivedAt = (at: number) => ({ state: 'sent', sentAt: at, advice: null, maybeThere: false }) as const

/** What is to be known of a reply while it is written: through whom, as whom, how long. */
function createReplyWays({ store, door, clock, accounts }: RepliesDeps & { accounts: Accounts }) {
  function mentionOf(c: StoredCase): Mention {
    const mention = mentionById(store, c.mentionId)
    if (!mention) throw new Failure('user', 'case.mentionGone')
    return mention
  }

  const optionsOf = (mention: Mention): ReplyOption[] =>
    door
      .options(mention)
      .map((option) => {
        const { name, limit, why } = accounts.known(option.sourceId)
        const against = option.why ?? why
        return { ...option, as: name, limit: limit ?? option.limit, possible: against === null, why: against }
      })
      .sort((a, b) => Number(b.possible) - Number(a.possible))

  return {
    async ways(c: StoredCase): Promise<ReplyOption[]> {
      const mention = mentionOf(c)
      const asked = new Map(door.options(mention).flatMap((one) => (one.why === null ? [[one.sourceId, one]] : [])))
      const looks = Promise.all([...asked.values()].map(({ sourceId, network }) => accounts.look(sourceId, network)))
      // A network that does not answer keeps nobody from writing; whose name it is comes later.
      let cancel = (): void => {}
      const patience = new Promise<void>((resolve) => (cancel = clock.after(LOOK_MS, resolve)))
      await Promise.race([looks, patience]).finally(cancel)
      return optionsOf(mention)
    },

    choose(c: StoredCase, { way, sourceId }: Wish): ReplyOption {
      const fitting = optionsOf(mentionOf(c)).filter(
        (option) => (way === 'best' || option.way === way) && (sourceId === null || option.sourceId === sourceId),
      )
      const [first] = fitting
      if (first?.possible) return first
      throw new Failure('user', first?.why ?? said('reply.wayMissing'))
    },

    compose(option: ChosenWay, text: string, mention: Mention) {
      const composed = door.compose(option.sourceId, option.way, text, mention, option.said)
      if (composed === undefined) return { text, length: text.length, readers: [] }
      // We read what we write.
      return { ...composed, readers: composed.readers.filter((name) => !isAccount(name, option.as)) }
    },
  }
}

// Long: one small function a thing that can happen to a reply.
export function createReplies(deps: RepliesDeps): Replies {
  const { store, ledger, outbox, clock } = deps
  const accounts = createAccounts(deps)
  outbox.carry('reply', replyParcels({ ...deps, accounts }))

  /** With the rest that the network has ordered for its whole account. */
  function withRest(parcel: Parcel<'reply'>): Parcel<'reply'> {
    const free = outbox.restsUntil('reply', parcel.lane)
    if (parcel.nextAttemptAt === null || free <= parcel.nextAttemptAt) return parcel
    const isLong = free - clock.now() > LONG_REST_MS
    return { ...parcel, nextAttemptAt: free, advice: parcel.advice ?? (isLong ? said('reply.waitsForLimit') : null) }
  }

  function answeredWith(mention: Mention): StoredCase | undefined {
    if (mention.inReplyTo === null) return undefined
    const parcel = replyThatIs(store, mention.network, mention.inReplyTo, null)
    return parcel && caseById(store, parcel.caseId)
  }

  return {
    ...createReplyWays({ ...deps, accounts }),

    queue(c, option, text, { by, decides, change }) {
      const id = newId('ans')
      const recorded = ledger.change(c, change(id), decides)
      outbox.put<'reply'>({
        id,
        kind: 'reply',
        caseId: c.id,
        lane: option.sourceId,
        laneName: option.sourceName,
        network: option.network,
        content: {
          way: option.way,
          account: option.as,
          text,
          actor: by,
          entry: recorded.entry,
          ...(option.said === undefined ? {} : { warning: option.said }),
          ...(option.lang === undefined ? {} : { lang: option.lang }),
        },
      })
      return recorded
    },

    retry: (id, actor) => publicReply(outbox.retry('reply', id, actor)),

    arrived(id, url, actor) {
      return ledger.transact(() => {
        const parcel = parcelById(store, id)
        if (parcel?.kind !== 'reply') throw new Failure('user', 'reply.gone')
        if (parcel.state !== 'unknown') throw new Failure('user', 'reply.onlyUnknownArrived')
        const known = caseById(store, parcel.caseId)
        if (!known) throw new Failure('user', 'case.gone')
        const now = clock.now()
        const next = { ...parcel, ...arrivedAt(now), url: url ?? parcel.url }
        putParcel(store, next)
        const { text, way } = parcel.content
        const data = { answer: id, text, url: next.url, way, seen: true }
        ledger.change(known, answered(known, { data, keepPromise: true }, now), actor)
        return publicReply(next)
      })
    },

    ofCase: (caseId) => parcelsOfCase(store, 'reply', caseId).map((parcel) => publicReply(withRest(parcel))),

    isOurs: (mention) =>
      accounts.wrote(mention) || replyThatIs(store, mention.network, mention.externalId, mention.url) !== undefined,

    answeredBy(mention) {
      const known = answeredWith(mention)
      if (!known || known.authorKey === null) return undefined
      return mentionKeys(store, mention.seq)?.authorKey === known.authorKey ? known : undefined
    },

    // In public anybody answers anything; a mail has one reader whom it was written to.
    answeredByOther: (mention) => (mention.kind === 'mail' ? answeredWith(mention) : undefined),

    sourcesChanged() {
      accounts.changed()
      if (outbox.running) accounts.lookAll()
    },
    start: accounts.lookAll,
    stop: accounts.stop,
  }
}
