import { computed, type ComputedRef, type Ref } from 'vue'
import type { QueryExplanation } from '#shared/contract/listens.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { carryTokens } from '#renderer/components/query-highlight.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

export interface QueryReading {
  /** Words and problems of the last query that was read; null before the first. */
  explanation: ComputedRef<QueryExplanation | null>
  /** Where its tokens and problems stand in the query as it is now. */
  tokens: ComputedRef<QueryExplanation['tokens']>
  problems: ComputedRef<QueryExplanation['problems']>
  /** The explanation belongs to the query as it is now. */
  current: ComputedRef<boolean>
}

const SETTLE_MS = 120

/** Reads a query while it is written: what it means, what is wrong with it and where. */
export function useQueryExplain(query: Readonly<Ref<string>>): QueryReading {
  const { language, locale } = useWords()
  const answer = useQuery(
    async (client, signal) => {
      const text = query.value
      const explanation = await client.listens.explain({ query: text, locale: language() }, { signal })
      return { text, explanation }
    },
    { watch: [query, locale], settleMs: SETTLE_MS },
  )
  const known = computed(() => answer.data.value)
  return {
    explanation: computed(() => known.value?.explanation ?? null),
    tokens: computed(() =>
      known.value ? carryTokens(known.value.text, known.value.explanation.tokens, query.value) : [],
    ),
    problems: computed(() =>
      known.value ? carryTokens(known.value.text, known.value.explanation.problems, query.value) : [],
    ),
    current: computed(() => known.value?.text === query.value),
  }
}
