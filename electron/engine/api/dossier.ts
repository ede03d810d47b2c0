import { Failure } from '#engine/platform/failure.ts'
import type { Dossier } from '#shared/contract/cases.ts'
import type { JsonObject } from '#shared/util/json.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Board } from '#engine/board.ts'
import type { Knowledge } from '#engine/knowledge/knowledge.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import { entriesOfMention } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'
import { mentionSeq } from '#shared/util/ids.ts'

export interface DossierDeps {
  store: Store
  board: Pick<Board, 'handoffs'>
  knowledge: Pick<Knowledge, 'problems' | 'persons' | 'influence' | 'learning'>
  log: Log
}

/** Earlier mentions by the same author that are shown beside one. */
const EARLIER_MOST = 10

/** What opening a case or a mention shows, in one answer. */
export function createDossier({ store, board, knowledge, log }: DossierDeps) {
  /** A part that cannot be had leaves the others on screen. */
  async function part<T>(name: keyof Dossier, about: JsonObject, get: () => T | Promise<T>): Promise<T | null> {
    try {
      return await get()
    } catch (error) {
      log.log('error', 'A part of a dossier cannot be had', { part: name, ...about }, error)
      return null
    }
  }

  return async function dossier(mentionId: string, signal?: AbortSignal): Promise<Dossier> {
    const { reader, stationId, hashSeed: seed } = store
    const seq = mentionSeq(stationId, mentionId)
    const card = seq === undefined ? undefined : cardBySeq(store, seq)
    if (seq === undefined || !card) throw new Failure('user', 'mention.gone')
    const { mention } = card
    const of = <T>(name: keyof Dossier, get: () => T | Promise<T>) => part(name, { mentionId }, get)
    const [thread, earlier, handoffs, problem, person, influence, otherMood] = await Promise.all([
      of('thread', () => reader.ask('mentions.thread', { seq, seed }, { signal })),
      of('earlier', () => reader.ask('mentions.byAuthor', { seq, limit: EARLIER_MOST }, { signal })),
      of('handoffs', () => (card.case ? board.handoffs.ofCase(card.case.id) : [])),
      of('problem', () => {
        const known = knowledge.problems.of(mention, [])
        return known ? knowledge.problems.get(known.problemId) : null
      }),
      of('person', () => (mention.author === null ? null : knowledge.persons.view(seq))),
      of('influence', () => knowledge.influence.of(mention)),
      of('otherMood', () => knowledge.learning.otherMood(mention)),
    ])
    signal?.throwIfAborted()
    const journal = entriesOfMention(store, mentionId)
    return { card, journal, thread, earlier, handoffs, problem, person, influence, otherMood }
  }
}
