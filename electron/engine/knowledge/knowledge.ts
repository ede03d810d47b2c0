import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Store } from '#engine/store/store.ts'
import { lexiconFile, type Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { lexiconOr } from '#engine/understanding/open-models.ts'
import type { Learned } from '#engine/understanding/understand.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
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
  /** The shipped lexicon with the station's own names, as they are now. */
  lexicon(): Lexicon
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
  const learning = createLearning({
    ...deps,
    hand(learned) {
      const told = JSON.stringify(learned.aspects)
      if (told !== names) lexicon = null
      names = told
      deps.hand(learned)
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
    lexicon: lexiconNow,
    known(mention, windows, keys = mentionKeys(deps.store, mention.seq)) {
      // What is not about us is nobody's problem here.
      const isAbout = relevance.judge(mention)
      return {
        influence: influence.of(mention, keys)?.total ?? null,
        ...persons.historyOf(mention, keys),
        ...(isAbout ? problems.of(mention, windows, keys) : null),
      }
    },
  }
}
