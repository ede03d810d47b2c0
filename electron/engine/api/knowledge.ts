import { cut } from '#shared/util/text-length.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import type { Knowledge } from '#engine/knowledge/knowledge.ts'
import { labelOf } from '#engine/knowledge/learning.ts'
import { knownConcepts } from '#engine/knowledge/known-concepts.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

interface Deps {
  store: Store
  knowledge: Knowledge
}

const seqOf = (store: Store, id: string): number => {
  const seq = mentionSeq(store.stationId, id)
  if (seq === undefined) throw new Failure('user', said('mention.unknownId', { id }))
  return seq
}

export function problemsApi({ store, knowledge: { problems } }: Deps) {
  const { problems: room } = api
  return {
    list: room.list.handler(({ input }) => problems.list(input)),
    get: room.get.handler(({ input }) => problems.get(input.id)),
    mentions: room.mentions.handler(({ input }) =>
      problems
        .mentions(input.id, input.limit)
        .map((seq) => cardBySeq(store, seq))
        .filter((card) => card !== undefined && card !== null),
    ),
    changes: room.changes.handler(({ input }) => problems.changes(input.id, input.limit)),
    ofMention: room.ofMention.handler(({ input }) => {
      const mention = mentionBySeq(store, seqOf(store, input.mentionId))
      const known = mention && problems.of(mention, [])
      return known ? problems.get(known.problemId) : null
    }),
    rename: room.rename.handler(({ input, context }) => ({
      undo: problems.rename(input.id, input.label, context.actor),
    })),
    close: room.close.handler(({ input, context }) => ({ undo: problems.close(input.id, context.actor) })),
    reopen: room.reopen.handler(({ input, context }) => ({ undo: problems.reopen(input.id, context.actor) })),
    merge: room.merge.handler(({ input, context }) => ({ undo: problems.merge(input.id, input.into, context.actor) })),
    split: room.split.handler(({ input, context }) =>
      problems.split(input.id, input.mentionIds, input.label, context.actor),
    ),
  }
}

export function personsApi({ store, knowledge: { persons, influence } }: Deps) {
  const { persons: room } = api
  return {
    ofMention: room.ofMention.handler(({ input }) => persons.view(seqOf(store, input.mentionId))),
    influence: room.influence.handler(({ input }) => {
      const mention = mentionBySeq(store, seqOf(store, input.mentionId))
      return mention ? influence.of(mention) : null
    }),
    link: room.link.handler(({ input, context }) => ({
      undo: persons.link(seqOf(store, input.mentionId), input.account, context.actor),
    })),
    unlink: room.unlink.handler(({ input, context }) => ({
      undo: persons.unlink(seqOf(store, input.mentionId), input.account, context.actor),
    })),
  }
}

export function relevanceApi({ store, knowledge: { relevance } }: Deps) {
  const { relevance: room } = api
  return {
    mark: room.mark.handler(({ input, context }) => ({
      undo: relevance.mark(seqOf(store, input.mentionId), input.relevant, context.actor),
    })),
    status: room.status.handler(({ input }) => relevance.status(input.listenId)),
    forget: room.forget.handler(({ input, context }) => ({ undo: relevance.forget(input.listenId, context.actor) })),
  }
}

export function categoriesApi({ store, knowledge: { categories } }: Deps) {
  const { categories: room } = api
  return {
    list: room.list.handler(async () => {
      await categories.ready()
      return categories.list()
    }),
    save: room.save.handler(({ input, context }) => {
      const { category, entry } = categories.save(input, context.actor)
      return { category, undo: entry }
    }),
    remove: room.remove.handler(({ input, context }) => ({ undo: categories.remove(input.id, context.actor) })),
    mark: room.mark.handler(({ input, context }) => ({
      undo: categories.mark(seqOf(store, input.mentionId), input.categoryId, input.belongs, context.actor),
    })),
    ofMention: room.ofMention.handler(({ input }) => categories.ofMention(seqOf(store, input.mentionId))),
  }
}

const EXCERPT = 280

export function learningApi({ store, knowledge: { learning, lexicon } }: Deps) {
  const { learning: room } = api
  return {
    status: room.status.handler(() => learning.status()),
    ledger: room.ledger.handler(({ input }) =>
      learning.ledger(input.limit).map((row) => ({
        entry: row.entry,
        at: row.at,
        by: row.by_name,
        mentionId: row.mention_id,
        text: cut(row.text, EXCERPT),
        was: labelOf(row.was),
        now: labelOf(row.is_now),
        use: row.use,
      })),
    ),
    use: room.use.handler(({ input, context }) => learning.use(input.entry, input.learns, context.actor)),
    reset: room.reset.handler(({ context }) => ({ undo: learning.reset(context.actor) })),
    aspectMoods: room.aspectMoods.handler(({ input, signal }) => store.reader.ask('charts.aspects', input, { signal })),
    aspects: room.aspects.handler(() => learning.aspects()),
    concepts: room.concepts.handler(({ input }) => knownConcepts(lexicon(), input.locale)),
    uncarriedAspects: room.uncarriedAspects.handler(({ signal }) =>
      store.reader.ask('charts.uncarriedAspects', undefined, { signal }),
    ),
    saveAspects: room.saveAspects.handler(({ input, context }) => learning.saveAspects(input.text, context.actor)),
  }
}
