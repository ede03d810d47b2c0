import type { MentionFilter } from '#shared/contract/mentions.ts'
import { partsOf, type Node } from '#shared/query/ast.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import type { MentionDecisions } from '#engine/journal/mention-decisions.ts'
import type { Live } from '#engine/live/live.ts'
import { placeOf } from '#engine/store/queries/filter.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import type { Store } from '#engine/store/store.ts'
import { api, type CallContext } from './base.ts'

export interface MentionRooms {
  store: Store
  live: Live
  decisions: MentionDecisions
}

type Errors = {
  BAD_INPUT(options: { message: string; data?: { field?: string; position?: number } }): Error
  FORBIDDEN(options: { message: string }): Error
}
type Missing = { NOT_FOUND(options: { message: string }): Error }

export function mentionsApi({ store, live, decisions }: MentionRooms) {
  const { reader, stationId } = store

  function seqOf(id: string, errors: Missing): number {
    const seq = mentionSeq(stationId, id)
    if (seq === undefined) throw errors.NOT_FOUND({ message: `This station has no mention ${id}.` })
    return seq
  }

  /**
   * What is looked for. A query that cannot be read is the caller's to mend: say where. A wall's looks at what a wall sees:
   * else it would learn word by word what is in private mentions by asking for it.
   */
  function asked(filter: MentionFilter, { role, cover }: CallContext, errors: Errors): MentionFilter {
    const { query } = filter
    if (query === '') return filter
    const parsed = parseQuery(query)
    if (!parsed.ok) {
      const { message, start } = parsed.error
      throw errors.BAD_INPUT({ message, data: { field: 'query', position: start } })
    }
    if (role === 'officer') return filter
    if (cover.names && !cover.isHung(query) && asksFor(parsed.value.root, asksWho)) {
      const message = 'While names are covered, a wall does not look for authors.'
      throw errors.FORBIDDEN({ message })
    }
    return asksFor(parsed.value.root, asksWords) ? { ...filter, query: `(${query}) AND NOT is:private` } : filter
  }

  function cardNow(seq: number, errors: Missing) {
    const card = cardBySeq(store, stationId, seq)
    if (!card) throw errors.NOT_FOUND({ message: 'This mention is not in the store.' })
    return card
  }

  return {
    page: api.mentions.page.handler(async ({ input, context, errors, signal }) => {
      const filter = asked(input.filter, context, errors)
      const before = input.before === null ? null : placeOf(input.before)
      if (before === undefined) throw errors.BAD_INPUT({ message: 'The cursor is not one of this station.' })
      const read = () => reader.ask('mentions.page', { filter, before, limit: input.limit }, { signal })
      return before === null ? live.page(read) : read()
    }),
    get: api.mentions.get.handler(async ({ input, errors }) => cardNow(seqOf(input.id, errors), errors)),
    thread: api.mentions.thread.handler(async ({ input, errors, signal }) => {
      const seq = seqOf(input.id, errors)
      const cards = await reader.ask('mentions.thread', { seq, seed: store.hashSeed }, { signal })
      if (cards.length === 0) throw errors.NOT_FOUND({ message: 'This mention is not in the store.' })
      return cards
    }),
    byAuthor: api.mentions.byAuthor.handler(async ({ input, errors, signal }) =>
      reader.ask('mentions.byAuthor', { seq: seqOf(input.id, errors), limit: input.limit }, { signal }),
    ),
    relabel: api.mentions.relabel.handler(async ({ input, context, errors }) => {
      const seq = seqOf(input.id, errors)
      cardNow(seq, errors)
      decisions.relabel(seq, input.label, context.actor)
      return cardNow(seq, errors)
    }),
    muteAuthor: api.mentions.muteAuthor.handler(async ({ input, context, errors }) => {
      const seq = seqOf(input.id, errors)
      cardNow(seq, errors)
      return { undo: decisions.muteAuthor(seq, context.actor) }
    }),
    muteThread: api.mentions.muteThread.handler(async ({ input, context, errors }) => {
      const seq = seqOf(input.id, errors)
      cardNow(seq, errors)
      return { undo: decisions.muteThread(seq, context.actor) }
    }),
    live: api.mentions.live.handler(async ({ input, context, errors, signal }) =>
      live.subscribe(asked(input.filter, context, errors), input.liveFrom, signal),
    ),
  }
}

/** What a wall sees of a private mention as well; everything else that a query can ask for is in words or says who wrote. */
const wordless = new Set<string>(['and', 'or', 'not', 'number', 'time'])
const seenOfAll = new Set<string>('network source lang country kind is sentiment intent aspect relevance'.split(' '))
const asksWords = (node: Node): boolean =>
  node.type === 'field' ? !seenOfAll.has(node.field) : !wordless.has(node.type)
const asksWho = (node: Node): boolean => node.type === 'field' && (node.field === 'author' || node.field === 'site')

const asksFor = (node: Node, what: (node: Node) => boolean): boolean =>
  what(node) || partsOf(node).some((part) => asksFor(part, what))
