import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Store } from '#engine/store/store.ts'
import { lexiconFile, type Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { lexiconOr } from '#engine/understanding/open-models.ts'
import type { Learned } from '#engine/understanding/understand.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
import { createCategories, type Categories } from './categories.ts'
import { createInfluenceBook, type InfluenceBook } from './influence.ts'
import { createLearning, type Learning } from './learning.ts'
import { createPersons, type Persons } from './persons.ts'
import { createProblemLook, type ProblemLook, type ProblemLookDeps } from './problem-look.ts'
import { createRelevance, type Relevance } from './relevance.ts'
import type { Problems, ProblemsDeps } from './problem-room.ts'
import { createProblems } from './problems.ts'

/** What the station itself comes to know: problems, people behind accounts, who has influence, what officers teach. */
export interface Knowledge {
  readonly problems: Problems
  readonly persons: Persons
  readonly influence: InfluenceBook
  readonly learning: Learning
  readonly relevance: Relevance
  readonly categories: Categories
  /** The shipped lexicon with the station's own names, as they are now. */
  lexicon(): Lexicon
  /** Names of the station's own that queries may ask for. */
  names(): { ownNames: string[]; categories: { id: string; name: string }[] }
  /** Rows that are about something else now, or of other categories. */
  onJudged(listener: (seqs: readonly number[]) => void): void
  /** Ends what is done in the background. */
  close(): Promise<void>
  /** The slower look over all problems; null: nobody looks. */
  readonly look: ProblemLook | null
  /**
   * The facts that routing asks for. Called in the transaction that routes the mention, it first takes the mention in, so that
   * what is known and what is decided are kept together.
   */
  known(
    mention: Mention,
    windows: readonly number[],
    keys?: MentionKeys,
  ): {
    influence: number | null
    authorMentions?: number
    authorCases?: number
    problemId?: string
    problemMentions?: number
    problemAuthors?: number
    problemCounts?: { withinMinutes: number; mentions: number; authors: number }[]
  }
}

// Long: the rooms of what is known, each made once and handed to those that need it.
export function createKnowledge(deps: {
  store: Store
  clock: Clock
  model: () => Uint8Array | null
  hand: (learned: Learned) => void
  onMoved?: ProblemsDeps['onMoved']
  /** Bytes of the shipped lexicon; null: it is missing. Default: there is none. */
  lexicon?: () => Uint8Array | null
  /** What a text means (understanding/encoder); absent: descriptions of listens are read by their words alone. */
  meaningOf?: MeaningOf | null
  /** What looks over all problems off this thread; absent: nothing does. */
  look?: Pick<ProblemLookDeps, 'paths' | 'file' | 'clock' | 'vectors' | 'log'>
}): Knowledge {
  /** Read once: it is megabytes, and names come and go. */
  let shipped: Lexicon | null = null
  /** With the station's own names; another when those change, and not with every correction that is learned. */
  let lexicon: Lexicon | null = null
  let names = ''
  /** What was learned last, before the categories. */
  let handed: Learned | null = null
  const learning = createLearning({
    ...deps,
    hand(learned) {
      const told = JSON.stringify(learned.aspects)
      if (told !== names) lexicon = null
      names = told
      handed = learned
      deps.hand({ ...learned, categories: categories.learned() })
    },
  })
  const categories = createCategories({
    ...deps,
    log: deps.look?.log,
    hand() {
      if (handed) deps.hand({ ...handed, categories: categories.learned() })
    },
  })
  const shippedLexicon = (): Lexicon => (shipped ??= lexiconOr(deps.lexicon?.() ?? null, lexiconFile, []))
  const lexiconNow = (): Lexicon => (lexicon ??= shippedLexicon().withNames(learning.aspects()))
  const problems = createProblems({
    ...deps,
    lexicon: lexiconNow,
    onPlaced: () => look?.placed(),
  })
  const { sort } = problems
  const look = deps.look ? createProblemLook({ ...deps.look, own: () => learning.aspects(), sort }) : null
  const persons = createPersons(deps)
  const influence = createInfluenceBook(deps)
  const relevance = createRelevance(deps)
  return {
    problems,
    persons,
    influence,
    learning,
    look,
    relevance,
    categories,
    names: () => ({
      ownNames: learning.aspects().map(({ name }) => name),
      categories: categories.names(),
    }),
    onJudged(listener) {
      relevance.onChanged(listener)
      categories.onChanged(listener)
    },
    async close() {
      await categories.close()
      await look?.close()
    },
    lexicon: lexiconNow,
    known(mention, windows, keys = mentionKeys(deps.store, mention.seq)) {
      // What is not about us is nobody's problem here.
      const isAbout = relevance.judge(mention)
      categories.look()
      return {
        influence: influence.of(mention, keys)?.total ?? null,
        ...persons.historyOf(mention, keys),
        ...(isAbout ? problems.of(mention, windows, keys) : null),
      }
    },
  }
}
