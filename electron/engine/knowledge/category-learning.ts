import { cut } from '#shared/util/text-length.ts'
import { isRecent } from '#shared/util/elapsed.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { markedTexts, readCategories, readCategory, textAt } from '#engine/store/queries/categories.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { learnCategory } from '#engine/understanding/categories/learn.ts'
import { readingOf, type LearnedCategory } from '#engine/understanding/categories/read.ts'
import { likeness } from '#engine/understanding/encoder/encoder.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'

/** What the categories have learned, category by category, in the engine's memory. */
export interface CategoryLearning {
  /** All of them; what is not known is learned at once. */
  learned(): LearnedCategory[]
  /** Those that are known by now. */
  known(): LearnedCategory[]
  isWhole(): boolean
  /** Whether what is not known is learned within one turn: then it is, before the next mention comes. */
  isQuick(): boolean
  /** Learns what is not known, a little at a time: in between it is asked whether to go on. */
  renew(goesOn: () => Promise<boolean>): Promise<void>
  /** Learned again when next asked for. */
  outdate(ids: readonly string[]): void
  state(id: string): { examples: number; found: number }
  /** The example that the text is most like, at most `most` characters of it; null: it is like none. */
  nearest(id: string, of: { title: string | null; text: string }, most: number): string | null
  /** Whether so much more was heard than when it was last learned from that it may tell more. Looks at most every few minutes. */
  hasGrown(): boolean
}

/** The newest marked mentions that are learned from. */
const MOST_MARKED = 300
/** An even part of so many newest mentions stands for what the station hears. */
const BACKGROUND = 400
const BACKGROUND_OF = 4_000
/** By which the station's talk has to have grown; beyond `BACKGROUND_OF` it tells nothing more. */
const GROWS_BY = 1.5
const LOOKED_AT_EVERY_MS = 5 * 60_000
const LIKE_FROM = 0.25
/** Texts that are read without a pause. */
const AT_ONCE = 25

interface Example {
  text: string
  vector: Float32Array
  seq: number | null
}
interface Known {
  examples: Example[]
  found: number
  learned: LearnedCategory | null
}

// Long: one memory of vectors, and the closures that learn from it and ask it.
export function createCategoryLearning(deps: {
  store: Store
  clock: Clock
  meaningOf: MeaningOf | null
}): CategoryLearning {
  const { store, clock, meaningOf } = deps
  const known = new Map<string, Known>()
  let background: { upTo: number; of: { seq: number; vector: Float32Array }[] } | null = null
  let lookedAt = -Infinity

  const says = (vector: Float32Array | null): vector is Float32Array =>
    vector !== null && vector.some((value) => value !== 0)

  const isStale = (upTo: number): boolean =>
    background === null || upTo >= background.upTo * GROWS_BY || upTo - background.upTo >= BACKGROUND_OF

  /** Text by text. */
  function* hear(): Generator<void, { seq: number; vector: Float32Array }[]> {
    const upTo = lastSeq(store)
    if (!isStale(upTo)) return background!.of
    const step = Math.max(1, Math.floor(Math.min(upTo, BACKGROUND_OF) / BACKGROUND))
    const of: { seq: number; vector: Float32Array }[] = []
    for (let seq = upTo; seq > 0 && seq > upTo - BACKGROUND_OF && of.length < BACKGROUND; seq -= step) {
      const mention = textAt(store, seq)
      const vector = mention ? meaningOf!(readingOf(mention)) : null
      if (says(vector)) of.push({ seq, vector })
      yield
    }
    background = { upTo, of }
    return of
  }

  function heard(): { seq: number; vector: Float32Array }[] {
    const hearing = hear()
    for (;;) {
      const { done, value } = hearing.next()
      if (done) return value
    }
  }

  function learn(id: string): Known {
    const category = readCategory(store, id)
    if (!category || meaningOf === null) return { examples: [], found: 0, learned: null }
    const example = (text: string, seq: number | null): Example[] => {
      const vector = meaningOf(text)
      return says(vector) ? [{ text, vector, seq }] : []
    }
    const marked = markedTexts(store, id, MOST_MARKED)
    const of = (belongs: number): Example[] =>
      marked.flatMap((row) => (row.belongs === belongs ? example(readingOf(row), row.mention_seq) : []))
    const belong = unlike([...category.texts.flatMap((text) => example(text, null)), ...of(1)])
    const not = of(0)
    const said = new Set(marked.map((row) => row.mention_seq))
    const weights = learnCategory({
      belongs: belong.map(({ vector }) => vector),
      not: not.map(({ vector }) => vector),
      background: heard().flatMap(({ seq, vector }) => (said.has(seq) ? [] : vector)),
    })
    return {
      examples: belong,
      found: weights?.found ?? 0,
      learned: weights && { id, name: category.name, ...weights },
    }
  }

  function of(id: string): Known {
    let found = known.get(id)
    if (!found) known.set(id, (found = learn(id)))
    return found
  }

  const unknown = () => readCategories(store).filter(({ id }) => !known.has(id))

  return {
    learned: () => readCategories(store).flatMap(({ id }) => of(id).learned ?? []),
    known: () => readCategories(store).flatMap(({ id }) => known.get(id)?.learned ?? []),
    isWhole: () => unknown().length === 0,
    isQuick() {
      if (meaningOf === null) return true
      const upTo = lastSeq(store)
      const texts = unknown().reduce(
        (sum, { id, texts }) => sum + texts.length + markedTexts(store, id, AT_ONCE).length,
        0,
      )
      return texts + (isStale(upTo) ? Math.min(upTo, BACKGROUND) : 0) <= AT_ONCE
    },
    async renew(goesOn) {
      const ids = unknown().map(({ id }) => id)
      if (meaningOf === null || ids.length === 0) return
      const hearing = hear()
      for (let texts = 1; !hearing.next().done; texts++) if (texts % AT_ONCE === 0 && !(await goesOn())) return
      for (const id of ids) {
        if (!(await goesOn())) return
        of(id)
      }
    },
    outdate(ids) {
      for (const id of ids) known.delete(id)
    },
    state(id) {
      const { examples, found } = of(id)
      return { examples: examples.length, found }
    },
    nearest(id, mention, most) {
      const vector = meaningOf?.(readingOf(mention)) ?? null
      if (vector === null) return null
      let best: Example | null = null
      let nearest = LIKE_FROM
      for (const one of of(id).examples) {
        const like = likeness(one.vector, vector)
        if (like < nearest) continue
        best = one
        nearest = like
      }
      return best && cut(best.text, most)
    },
    hasGrown() {
      if (background === null || known.size === 0 || isRecent(lookedAt, clock.now(), LOOKED_AT_EVERY_MS)) return false
      lookedAt = clock.now()
      return background.of.length < BACKGROUND && lastSeq(store) >= background.upTo * GROWS_BY
    },
  }
}

/** Without what says exactly the same as another. */
function unlike(examples: readonly Example[]): Example[] {
  const met = new Set<string>()
  return examples.filter(({ text }) => {
    const key = text.toLowerCase().replace(/\s+/g, ' ').trim()
    return !met.has(key) && met.add(key)
  })
}
