import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { QueryTranslation } from '#shared/contract/listens.ts'
import type { Dialect } from '#shared/query/dialects/tree.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** A stretch of the query that was pasted, and where. */
export interface Pasted {
  text: string
  start: number
}

export interface QueryPaste {
  /** What was pasted and is still there; null: nothing, or it was decided. */
  pasted: ComputedRef<Pasted | null>
  /** What it is here; null: ours as it stands, or not known yet. */
  translation: ComputedRef<QueryTranslation | null>
  /** The tool as a person chose it; null: as recognised. */
  chosen: Ref<Dialect | null>
  /** The whole query is asked about, as if it had been pasted. */
  whole(): void
  onPaste(pasted: Pasted): void
  /** The query with the translation in the place of what was pasted; null: there is none. */
  taken(): string | null
  /** Own text stays. */
  keep(): void
}

/** What was pasted into a query field: of which tool it is and what it is in our language. */
export function useQueryPaste(query: Readonly<Ref<string>>): QueryPaste {
  const { language, locale } = useWords()
  const last = shallowRef<Pasted | null>(null)
  const chosen = ref<Dialect | null>(null)
  const isThere = ({ text, start }: Pasted): boolean => query.value.slice(start, start + text.length) === text
  const pasted = computed(() => (last.value !== null && isThere(last.value) ? last.value : null))
  const answer = useQuery(
    async (client, signal) => {
      const of = last.value!
      const asked = { query: of.text, dialect: chosen.value, locale: language() }
      return { of, translation: await client.listens.translate(asked, { signal }) }
    },
    { watch: [last, chosen, locale], when: () => last.value !== null },
  )
  // Once it was changed by hand it is the officer's own.
  watch(query, () => last.value !== null && !isThere(last.value) && (last.value = null))
  const found = computed(() =>
    answer.data.value?.of === pasted.value ? (answer.data.value?.translation ?? null) : null,
  )

  function onPaste(now: Pasted) {
    chosen.value = null
    last.value = now.text.trim() === '' ? null : now
  }
  return {
    pasted,
    translation: computed(() => (pasted.value === null ? null : found.value)),
    chosen,
    onPaste,
    whole: () => onPaste({ text: query.value, start: 0 }),
    keep: () => (last.value = null),
    taken() {
      const [of, ours] = [pasted.value, found.value?.query]
      if (of === null || ours === null || ours === undefined) return null
      const before = query.value.slice(0, of.start)
      const after = query.value.slice(of.start + of.text.length)
      const alone = before.trim() === '' && after.trim() === ''
      return alone ? ours : `${before}(${ours})${after}`
    },
  }
}
