import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import {
  LONGEST_TEXT,
  MOST_CATEGORIES,
  MOST_TEXTS,
  type Category,
  type CategoryDraft,
  type CategoryStatus,
  type MentionCategory,
} from '#shared/model/category.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import { facetValue } from '#shared/query/facets.ts'
import { mentionSeq, newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { takenBack } from '#engine/journal/taken-back.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import type { Categorising } from '#engine/store/projections/mentions.ts'
import {
  categoriesOf,
  categoryMark,
  countBelonging,
  countMarks,
  markBefore,
  readCategories,
  readCategory,
} from '#engine/store/queries/categories.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import { lastSeq, mentionBySeq } from '#engine/store/queries/mentions.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Store } from '#engine/store/store.ts'
import { LEAST_EXAMPLES } from '#engine/understanding/categories/learn.ts'
import type { LearnedCategory } from '#engine/understanding/categories/read.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { createCategoryLearning } from './category-learning.ts'
import { createCategoryReading } from './category-reading.ts'

/** One of a mention's categories, with the example that it is most like; null: it is like none, or a person said so. */
export interface CategoryReason extends MentionCategory {
  like: string | null
}

/** The station's own categories: made by people, learned from examples, said and denied of single mentions. */
export interface Categories {
  list(): CategoryStatus[]
  /** `entry` null: nothing is another. Throws a Failure that names the line of an example that cannot be learned from. */
  save(draft: CategoryDraft, by: Actor): { category: Category; entry: number | null }
  remove(id: string, by: Actor): number
  /** A person's word, which stays until it is taken back. */
  mark(seq: number, categoryId: string, belongs: boolean, by: Actor): number
  ofMention(seq: number): CategoryReason[]
  /** Takes back `category.saved`, `category.removed` or `mention.categorised`. */
  undo(entry: JournalEntry, by: Actor): Said
  names(): { id: string; name: string }[]
  /** Resolves when everything is learned that there is, so that `list` need not learn it at once. */
  ready(): Promise<void>
  /** What the analysis reads new mentions by. What takes long to learn is learned in the background, and handed then. */
  learned(): readonly LearnedCategory[]
  /** Called with each mention that is routed: looks now and then whether the station's talk tells more by now. */
  look(): void
  onChanged(listener: (seqs: readonly number[]) => void): () => void
  /** Resolves when what was heard lately is read again. */
  idle(): Promise<void>
  close(): Promise<void>
}

const COUNTED_TO = 1_000
const EXCERPT = 160

// Long: what people do to categories, in one transaction each, and what follows from it.
export function createCategories({
  store,
  clock,
  meaningOf = null,
  hand,
  log,
}: {
  store: Store
  clock: Clock
  /** null: nothing can be learned, and people's words stand alone. */
  meaningOf?: MeaningOf | null
  /** What was learned is another now. */
  hand(): void
  log?: Log
}): Categories {
  const changed = createSignal<[readonly number[]]>()
  const learning = createCategoryLearning({ store, clock, meaningOf })
  const reading = createCategoryReading({ store, meaningOf, learning, changed: (seqs) => changed.tell(seqs), log })

  let closed = false
  const goesOn = (): Promise<boolean> => giveWay().then(() => !closed)
  let background: Promise<void> | null = null
  function learnInBackground(): void {
    const from = lastSeq(store)
    background ??= learning
      .renew(goesOn)
      .catch((error: unknown) => log?.log('warn', 'The categories could not be learned', {}, error))
      .then(() => {
        background = null
        if (closed) return
        hand()
        // What came meanwhile was read without them.
        if (lastSeq(store) > from) reading.start()
      })
  }

  /** After something else teaches: `ids` are learned again, new mentions are read by that, and what was heard lately after them. */
  function relearn(ids: readonly string[]): void {
    learning.outdate(ids)
    if (!learning.isQuick()) return reading.start(hand)
    hand()
    reading.start()
  }

  const record = (before: Category | null, after: Category | null, actor: Actor, undoes?: number): number => {
    const entry = store.transaction(() =>
      appendEntry(store, {
        at: clock.now(),
        kind: after ? 'category.saved' : 'category.removed',
        actor,
        data: { before, after, ...(undoes === undefined ? {} : { undoes }) },
      }),
    )
    relearn([(before ?? after)!.id])
    return entry
  }

  function checkName(name: string, id: string | undefined): void {
    const called = facetValue(name)
    const taken = readCategories(store).find((one) => one.id !== id && facetValue(one.name) === called)
    if (taken) throw userFailure('category.nameTaken', { name: taken.name, field: 'name' })
    if (!/[\p{L}\p{N}]/u.test(name)) throw userFailure('category.nameless', { field: 'name' })
  }

  function markEntry(mentionId: string, data: Categorising & Record<string, unknown>, actor: Actor): number {
    return appendEntry(store, { at: clock.now(), kind: 'mention.categorised', actor, mentionId, data })
  }

  function undoMark(entry: JournalEntry, by: Actor): Said {
    const { categoryId, belongs } = entry.data as unknown as Categorising
    const id = entry.mentionId!
    const current = categoryMark(store, id, categoryId)
    if (belongs === undefined || current?.entry !== entry.seq) throw new Failure('user', 'undo.nothingToTakeBack')
    store.transaction(() => {
      const earlier = markBefore(store, id, categoryId, entry.seq)
      const was = earlier && entryBySeq(store, earlier.entry)
      const shown = was ? { percent: earlier.belongs * 100, by_name: was.actor.name } : null
      markEntry(id, { categoryId, withdrawn: entry.seq, again: earlier?.entry ?? null, shown, undoes: entry.seq }, by)
    })
    const seq = mentionSeq(store.stationId, id)
    relearn([categoryId])
    if (seq !== undefined) {
      reading.readNow(seq)
      changed.tell([seq])
    }
    return said('undo.aboutTakenBack')
  }

  return {
    list: () =>
      readCategories(store).map((category) => {
        const { examples, found } = learning.state(category.id)
        return {
          ...category,
          belong: countMarks(store, category.id, 1),
          not: countMarks(store, category.id, 0),
          examples,
          found,
          least: LEAST_EXAMPLES,
          mentions: countBelonging(store, category.id, COUNTED_TO),
        }
      }),
    save(draft, by) {
      const before = draft.id === undefined ? null : (readCategory(store, draft.id) ?? null)
      if (draft.id !== undefined && !before) throw userFailure('category.gone')
      if (!before && readCategories(store).length >= MOST_CATEGORIES)
        throw userFailure('category.tooMany', { n: MOST_CATEGORIES })
      const name = draft.name.trim()
      checkName(name, draft.id)
      const at = clock.now()
      const after: Category = {
        id: before?.id ?? newId('cat'),
        name,
        about: draft.about.trim(),
        texts: textsOf(draft.texts, meaningOf),
        createdAt: before?.createdAt ?? at,
        updatedAt: at,
      }
      if (before && isSame(before, after)) return { category: before, entry: null }
      return { category: after, entry: record(before, after, by) }
    },
    remove(id, by) {
      const before = readCategory(store, id)
      if (!before) throw userFailure('category.gone')
      return record(before, null, by)
    },
    mark(seq, categoryId, belongs, by) {
      if (!readCategory(store, categoryId)) throw userFailure('category.gone')
      const entry = store.transaction(() => {
        const mention = mentionBySeq(store, seq)
        if (!mention) throw new Failure('user', 'mention.notStored')
        const shown = { percent: belongs ? 100 : 0, by_name: by.name }
        return markEntry(mention.id, { categoryId, belongs, shown }, by)
      })
      changed.tell([seq])
      relearn([categoryId])
      return entry
    },
    ofMention(seq) {
      const shown = categoriesOf(store, seq)
      const mention = shown.some(({ by }) => by === null) ? mentionBySeq(store, seq) : undefined
      return shown.map((one) => ({
        ...one,
        like: mention && one.by === null ? learning.nearest(one.id, mention, EXCERPT) : null,
      }))
    },
    undo(entry, by) {
      if (entry.kind === 'mention.categorised') return undoMark(entry, by)
      const { before, after } = entry.data as { before: Category | null; after: Category | null }
      const id = (before ?? after)?.id ?? ''
      const now = readCategory(store, id) ?? null
      const name = (now ?? before ?? after)?.name ?? ''
      if (!takenBack(entry, (one) => (one === id ? (now ?? undefined) : undefined)))
        throw userFailure('undo.nameChangedSince', { name })
      if (before) checkName(before.name, before.id)
      record(now, before && { ...before, updatedAt: clock.now() }, by, entry.seq)
      return before ? said('undo.nameAsBefore', { name: before.name }) : said('undo.nameRemoved', { name })
    },
    names: () => readCategories(store).map(({ id, name }) => ({ id, name })),
    ready: () => learning.renew(goesOn),
    learned() {
      if (learning.isWhole()) return learning.known()
      if (learning.isQuick()) return learning.learned()
      learnInBackground()
      return learning.known()
    },
    look() {
      if (!learning.hasGrown()) return
      learning.outdate(readCategories(store).map(({ id }) => id))
      reading.start(hand)
    },
    onChanged: changed.on,
    async idle() {
      await reading.idle()
      await background
    },
    async close() {
      closed = true
      await reading.close()
      await background
    },
  }
}

/** Examples as they are kept: without copies and empty lines. Throws a Failure that names the line of one that cannot be learned from. */
function textsOf(written: readonly string[], meaningOf: MeaningOf | null): string[] {
  const kept = new Map<string, string>()
  written.forEach((line, at) => {
    const text = line.trim()
    if (text === '') return
    if (text.length > LONGEST_TEXT)
      throw userFailure('category.textTooLong', { line: at + 1, most: LONGEST_TEXT, field: 'texts' })
    if (!/[\p{L}\p{N}]/u.test(text) || meaningOf?.(text)?.every((value) => value === 0))
      throw userFailure('category.textSaysNothing', { line: at + 1, field: 'texts' })
    kept.set(text.toLowerCase().replace(/\s+/g, ' '), text)
  })
  if (kept.size > MOST_TEXTS) throw userFailure('category.tooManyTexts', { n: MOST_TEXTS, field: 'texts' })
  return [...kept.values()]
}

const isSame = (a: Category, b: Category): boolean =>
  a.name === b.name && a.about === b.about && JSON.stringify(a.texts) === JSON.stringify(b.texts)
