import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Store } from '#engine/store/store.ts'
import type { Learned } from '#engine/understanding/understand.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
import { createInfluenceBook, type InfluenceBook } from './influence.ts'
import { createLearning, type Learning } from './learning.ts'
import { createPersons, type Persons } from './persons.ts'
import { createRelevance, type Relevance } from './relevance.ts'
import { createProblems, type Problems, type ProblemsDeps } from './problems.ts'

/** What the station itself comes to know: problems, people behind accounts, who has influence, what officers teach. */
export interface Knowledge {
  readonly problems: Problems
  readonly persons: Persons
  readonly influence: InfluenceBook
  readonly learning: Learning
  readonly relevance: Relevance
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
}): Knowledge {
  const problems = createProblems(deps)
  const persons = createPersons(deps)
  const influence = createInfluenceBook(deps)
  const relevance = createRelevance(deps)
  return {
    problems,
    persons,
    influence,
    learning: createLearning(deps),
    relevance,
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
