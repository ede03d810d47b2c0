import { Failure } from '#engine/platform/failure.ts'
import type { CaseFilter } from '#shared/contract/cases.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { caseStates, type CaseState } from '#shared/model/case.ts'
import { commandNames, type CommandName } from '#shared/model/command.ts'
import type { Mention } from '#shared/model/mention.ts'
import { documentInStore } from '#engine/store/queries/search-document.ts'
import { matchPlan } from '#shared/query/match.ts'
import { bulk } from './bulk.ts'
import type { Board } from '#engine/board.ts'
import { coalesced, mapped } from '#engine/platform/streams.ts'
import type { Recorded } from '#engine/cases/ledger.ts'
import { createNotices } from '#engine/alerts/notices.ts'
import type { Presence } from '#engine/live/presence.ts'
import type { Clock } from '#engine/platform/clock.ts'
import {
  casesByUrgency,
  selectionCounts,
  urgencyCursor,
  urgencyPlace,
  type CasePlace,
} from '#engine/store/queries/case-pages.ts'
import { cardById, planFor } from '#engine/store/queries/cards.ts'
import { caseById } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'
import { createDossier, type DossierDeps } from './dossier.ts'
import { createWallSight } from './wall-sight.ts'
import { noticesStream } from './notices.ts'

/** Cases looked through for a query in one go, before others have their turn. */
const LOOK_AT = 300
/** With a query, no more than this are looked through; the total is then "at least". */
const LOOK_MOST = 50_000
const LIVE_EVERY_MS = 100
const LIVE_MOST = 400

export interface CasesApiDeps extends DossierDeps {
  store: Store
  board: Board
  presence: Presence
  clock: Clock
}

/** Cases and what is done with them. */
// Long: one handler a call of the contract, side by side.
export function casesApi({ store, board, presence, clock, knowledge, log }: CasesApiDeps) {
  const dossier = createDossier({ store, board, knowledge, log })
  const notices = createNotices({ store, clock })
  const sight = createWallSight(store)

  function card(mentionId: string, query = ''): MentionCard {
    const found = cardById(store, mentionId, query)
    if (found === undefined) throw new Failure('user', 'case.mentionGone')
    return found
  }
  /** Nothing for a case whose row, or whose mention's, cannot be read: the others are shown all the same. */
  function shown({ mentionId }: CasePlace, query = ''): MentionCard[] {
    const found = cardById(store, mentionId, query)
    return found?.case ? [found] : []
  }
  const changeOf = (recorded: Recorded): { card: MentionCard; undo: number } => ({
    card: card(recorded.case.mentionId),
    undo: recorded.entry,
  })

  function mentionOf(id: string): Mention {
    const mention = mentionById(store, id)
    if (mention === undefined) throw new Failure('user', 'mention.gone')
    return mention
  }

  async function page(filter: CaseFilter, after: string | null, limit: number) {
    const from = after === null ? { now: clock.now() } : urgencyPlace(after)
    if (from === undefined) throw new Failure('user', 'case.noPlaceInList')
    const plan = filter.query.trim() === '' ? null : planFor(filter.query)
    if (plan === null && filter.query.trim() !== '') {
      throw new Failure('user', 'query.unreadable')
    }
    const counted = selectionCounts(store, filter, from.now)
    const counts = Object.fromEntries(caseStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
      CaseState,
      number
    >
    const wanted: readonly CaseState[] = filter.states.length > 0 ? filter.states : caseStates
    const total = wanted.reduce<number>((sum, state) => sum + counts[state], 0)
    if (plan === null) {
      const places = casesByUrgency(store, filter, from, limit)
      const last = places.at(-1)
      return {
        items: places.flatMap((place) => shown(place)),
        next: places.length === limit && last ? urgencyCursor(last) : null,
        total,
        counts,
      }
    }
    const found: CasePlace[] = []
    let matched = 0
    let looked = 0
    let at: { now: number } | CasePlace = from
    for (;;) {
      const places: CasePlace[] = casesByUrgency(store, filter, at, LOOK_AT)
      for (const place of places) {
        const mention = mentionById(store, place.mentionId)
        if (!mention || !matchPlan(plan, documentInStore(store, mention))) continue
        matched++
        if (found.length < limit) found.push(place)
      }
      looked += places.length
      const last = places.at(-1)
      if (places.length < LOOK_AT || !last || looked >= LOOK_MOST) break
      at = last
      await clock.sleep(0)
    }
    const last = found.at(-1)
    return {
      items: found.flatMap((place) => shown(place, filter.query)),
      next: matched > found.length && last ? urgencyCursor(last) : null,
      total: matched,
      counts,
    }
  }

  const { cases: room } = api
  /** Every command of the table is handled alike. */
  const handled = (name: CommandName) =>
    // One of them stands for all where the compiler would follow each.
    (room[name] as typeof room.accept).handler(({ input: { id, version, ...input }, context }) =>
      changeOf(board.do(name, { id, version }, input as never, context.actor)),
    )
  type Handled = { [N in CommandName]: ReturnType<(typeof room)[N]['handler']> }
  const handledCommands = Object.fromEntries(commandNames.map((name) => [name, handled(name)])) as unknown as Handled
  return {
    page: room.page.handler(({ input }) => page(input.filter, input.after, input.limit)),
    get: room.get.handler(({ input }) => ({
      card: card(board.get(input.id).mentionId),
      history: board.history(input.id),
    })),
    dossier: room.dossier.handler(({ input, signal }) => dossier(input.mentionId, signal)),
    open: room.open.handler(({ input, context }) => {
      const mention = mentionOf(input.mentionId)
      return changeOf(board.open({ mention, deskId: input.deskId, priority: input.priority }, context.actor))
    }),
    ...handledCommands,
    replyWays: room.replyWays.handler(({ input }) => board.replies.ways(board.get(input.id))),
    replies: room.replies.handler(({ input }) => board.replies.ofCase(board.get(input.id).id)),
    retryReply: room.retryReply.handler(({ input, context }) => board.replies.retry(input.id, context.actor)),
    replyArrived: room.replyArrived.handler(({ input, context }) =>
      board.replies.arrived(input.id, input.url, context.actor),
    ),
    bulk: room.bulk.handler(async ({ input, context }) => {
      const { changed, undo, failed } = await bulk({ board, clock }, input.ids, input.action, context.actor)
      return { changed: changed.map((c) => card(c.mentionId)), undo, failed }
    }),
    suggest: room.suggest.handler(({ input }) => board.suggest(mentionOf(input.mentionId))),
    suggestReplies: room.suggestReplies.handler(({ input }) => board.suggestReplies(mentionOf(input.mentionId))),
    canned: room.canned.handler(() => board.canned.all()),
    saveCanned: room.saveCanned.handler(({ input, context }) => board.canned.save(input, context.actor)),
    removeCanned: room.removeCanned.handler(({ input, context }) => {
      board.canned.remove(input.id, context.actor)
      return {}
    }),
    previewReply: room.previewReply.handler(({ input, context }) => {
      const known = board.get(input.id)
      const { way, sourceId, warning } = input
      const option = way === null ? undefined : board.replies.choose(known, { way, sourceId })
      const preview = board.canned.preview(known, input.text, context.actor, option && { ...option, said: warning })
      return { ...preview, readers: preview.readers ?? [] }
    }),
    handoffs: room.handoffs.handler(({ input }) => board.handoffs.ofCase(board.get(input.id).id)),
    retryHandoff: room.retryHandoff.handler(({ input }) => board.handoffs.retry(input.id)),
    undo: room.undo.handler(({ input, context }) => {
      const { undone, recorded, cannot } = board.undo(input.entry, context.actor)
      return { undone, card: recorded && card(recorded.case.mentionId), cannot }
    }),
    live: room.live.handler(({ context, signal }) => {
      const sees = context.role === 'wall' ? (one: MentionCard) => sight.shows(one) : () => true
      const changes = coalesced(
        clock,
        (listener) => board.onChanged((changed) => listener(changed.map(({ id }) => id))),
        { everyMs: LIVE_EVERY_MS, most: LIVE_MOST, signal },
      )
      return mapped(changes, ({ keys, reset }) => ({
        changed: reset
          ? []
          : keys.flatMap((id) => {
              const known = caseById(store, id)
              const found = known && cardById(store, known.mentionId)
              return found ? [found].filter(sees) : []
            }),
        reset,
      }))
    }),
    notices: room.notices.handler(({ context, signal }) => noticesStream({ notices, clock }, context.role, signal)),
    look: room.look.handler(({ input, context }) => {
      const id = input.id === null ? null : board.get(input.id).id
      presence.look(context.page.id, context.actor, id, input.doing)
      return {}
    }),
    lookers: room.lookers.handler(({ signal }) => {
      const subscribe = (listener: (keys: readonly string[]) => void) => {
        const stop = presence.onChanged(() => listener(['lookers']))
        listener(['lookers'])
        return stop
      }
      const changes = coalesced(clock, subscribe, { everyMs: LIVE_EVERY_MS, most: 1, signal })
      return mapped(changes, () => ({ lookers: presence.list() }))
    }),
  }
}
