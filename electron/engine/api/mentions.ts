import { mentionSeq } from '#shared/util/ids.ts'
import { parseQuery } from '#shared/query/parse.ts'
import type { MentionDecisions } from '#engine/journal/mention-decisions.ts'
import type { Live } from '#engine/live/live.ts'
import { placeOf } from '#engine/store/queries/filter.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

export interface MentionRooms {
  store: Store
  live: Live
  decisions: MentionDecisions
}

type Errors = { BAD_INPUT(options: { message: string; data?: { field?: string; position?: number } }): Error }
type Missing = { NOT_FOUND(options: { message: string }): Error }

export function mentionsApi({ store, live, decisions }: MentionRooms) {
  const { reader, stationId } = store

  function seqOf(id: string, errors: Missing): number {
    const seq = mentionSeq(stationId, id)
    if (seq === undefined) throw errors.NOT_FOUND({ message: `This station has no mention ${id}.` })
    return seq
  }

  /** A query that cannot be read is the caller's to mend: say where. */
  function readable(query: string, errors: Errors): void {
    if (query === '') return
    const parsed = parseQuery(query)
    if (parsed.ok) return
    const { message, start } = parsed.error
    throw errors.BAD_INPUT({ message, data: { field: 'query', position: start } })
  }

  function cardNow(seq: number, errors: Missing) {
    const card = cardBySeq(store, stationId, seq)
    if (!card) throw errors.NOT_FOUND({ message: 'This mention is not in the store.' })
    return card
  }

  return {
    page: api.mentions.page.handler(async ({ input, errors, signal }) => {
      readable(input.filter.query, errors)
      const before = input.before === null ? null : placeOf(input.before)
      if (before === undefined) throw errors.BAD_INPUT({ message: 'The cursor is not one of this station.' })
      const read = () => reader.ask('mentions.page', { filter: input.filter, before, limit: input.limit }, { signal })
      return before === null ? live.page(read) : read()
    }),
    get: api.mentions.get.handler(async ({ input, errors }) => cardNow(seqOf(input.id, errors), errors)),
    thread: api.mentions.thread.handler(async ({ input, errors, signal }) => {
      const seq = seqOf(input.id, errors)
      const cards = await reader.ask('mentions.thread', { seq, seed: store.hashSeed }, { signal })
      if (cards.length === 0) throw errors.NOT_FOUND({ message: 'This mention is not in the store.' })
      return cards
    }),
    byAuthor: api.mentions.byAuthor.handler(async ({ input, context, errors, signal }) => {
      const seq = seqOf(input.id, errors)
      const cards = await reader.ask('mentions.byAuthor', { seq, limit: input.limit }, { signal })
      if (context.role === 'officer') return cards
      // Beside public ones by the same author, a private one would tell a wall who wrote it.
      return cardNow(seq, errors).mention.private ? [] : cards.filter(({ mention }) => !mention.private)
    }),
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
    live: api.mentions.live.handler(async ({ input, errors, signal }) => {
      readable(input.filter.query, errors)
      return live.subscribe(input.filter, input.liveFrom, signal)
    }),
  }
}
