import type { MentionFilter } from '#shared/contract/mentions.ts'
import { partsOf, type Node } from '#shared/query/ast.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import { readQuery } from '#engine/listens/unreadable.ts'
import type { MentionDecisions } from '#engine/journal/mention-decisions.ts'
import type { Live } from '#engine/live/live.ts'
import { placeOf } from '#engine/store/queries/filter.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import type { Store } from '#engine/store/store.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { api, type CallContext } from './base.ts'
import { createWallSight } from './wall-sight.ts'

export interface MentionRooms {
  store: Store
  live: Live
  decisions: MentionDecisions
}

export function mentionsApi({ store, live, decisions }: MentionRooms) {
  const { reader, stationId } = store
  const sight = createWallSight(store)

  function seqOf(id: string): number {
    const seq = mentionSeq(stationId, id)
    if (seq === undefined) throw new Failure('user', said('mention.unknownId', { id }))
    return seq
  }

  /**
   * What is looked for. A query that cannot be read is the caller's to mend: say where. A wall's finds what hangs on a wall, and
   * looks at what a wall sees: else it would learn word by word what is in private mentions by asking for it.
   */
  function asked(filter: MentionFilter, { role, cover }: CallContext): MentionFilter {
    const { query } = filter
    const root = query === '' ? null : readQuery(query).root
    if (role === 'officer') return filter
    const hung = sight.queriesOf(filter.listenIds)
    if (hung === null) throw new Failure('user', 'wall.notHung')
    if (root !== null && cover.names && !sight.isHung(query) && asksFor(root, asksWho))
      throw new Failure('user', 'wall.noAuthors')
    const own = root !== null && asksFor(root, asksWords) ? `(${query}) AND NOT is:private` : query
    if (hung.length === 0 || hung.includes(query)) return { ...filter, query: own }
    const shown = hung.flatMap(asShown).map((one) => `(${one})`)
    if (shown.length === 0) throw new Failure('user', 'wall.notHung')
    return { ...filter, query: [...(own === '' ? [] : [`(${own})`]), `(${shown.join(' OR ')})`].join(' AND ') }
  }

  function cardNow(seq: number) {
    const card = cardBySeq(store, seq)
    if (!card) throw new Failure('user', 'mention.notStored')
    return card
  }
  const isSeen = ({ role }: CallContext, card: MentionCard): boolean => role === 'officer' || sight.shows(card)

  return {
    page: api.mentions.page.handler(async ({ input, context, signal }) => {
      const filter = asked(input.filter, context)
      const before = input.before === null ? null : placeOf(input.before)
      if (before === undefined) throw new Failure('user', 'mention.foreignCursor')
      const read = () => reader.ask('mentions.page', { filter, before, limit: input.limit }, { signal })
      return before === null ? live.page(read) : read()
    }),
    get: api.mentions.get.handler(async ({ input, context }) => {
      const card = cardNow(seqOf(input.id))
      if (!isSeen(context, card)) throw new Failure('user', 'wall.notShown')
      return card
    }),
    thread: api.mentions.thread.handler(async ({ input, context, signal }) => {
      const seq = seqOf(input.id)
      const cards = await reader.ask('mentions.thread', { seq, seed: store.hashSeed }, { signal })
      if (cards.length === 0) throw new Failure('user', 'mention.notStored')
      return cards.filter((card) => isSeen(context, card))
    }),
    byAuthor: api.mentions.byAuthor.handler(async ({ input, signal }) =>
      reader.ask('mentions.byAuthor', { seq: seqOf(input.id), limit: input.limit }, { signal }),
    ),
    relabel: api.mentions.relabel.handler(async ({ input, context }) => {
      const seq = seqOf(input.id)
      cardNow(seq)
      decisions.relabel(seq, input.label, context.actor)
      return cardNow(seq)
    }),
    muteAuthor: api.mentions.muteAuthor.handler(async ({ input, context }) => {
      const seq = seqOf(input.id)
      cardNow(seq)
      return { undo: decisions.muteAuthor(seq, context.actor) }
    }),
    muteThread: api.mentions.muteThread.handler(async ({ input, context }) => {
      const seq = seqOf(input.id)
      cardNow(seq)
      return { undo: decisions.muteThread(seq, context.actor) }
    }),
    live: api.mentions.live.handler(async ({ input, context, signal }) =>
      live.subscribe(asked(input.filter, context), input.liveFrom, signal),
    ),
  }
}

/** What a wall sees of a private mention as well; everything else that a query can ask for is in its words. */
const wordless = new Set<string>(['and', 'or', 'not', 'number', 'time'])
const seenOfAll = new Set<string>(
  'network source lang country kind is sentiment intent aspect category relevance'.split(' '),
)
const asksWords = (node: Node): boolean =>
  node.type === 'field' ? !seenOfAll.has(node.field) : !wordless.has(node.type)

/** A post's address names who wrote it. */
const namesWho = new Set<string>(['author', 'site', 'url'])
const asksWho = (node: Node): boolean => node.type === 'field' && namesWho.has(node.field)

/** A hung-up query by what it shows; none when it cannot be read. */
function asShown(query: string): string[] {
  const parsed = parseQuery(query)
  if (!parsed.ok) return []
  return [
    asksFor(parsed.value.root, (node) => asksWords(node) && !asksWho(node)) ? `(${query}) AND NOT is:private` : query,
  ]
}

const asksFor = (node: Node, what: (node: Node) => boolean): boolean =>
  what(node) || partsOf(node).some((part) => asksFor(part, what))
