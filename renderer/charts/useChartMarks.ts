import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Annotation, AnnotationDraft } from '#shared/model/annotation.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { useClient } from '#renderer/client/station.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** What a chart over time is about: these listens, or the whole station when there is none; `but`: an alert that it is the chart of. */
export interface Annotated {
  listenIds: readonly string[]
  but?: string
}

/** Counts changes made on this page, so that every chart on it asks anew. */
const useMarkChanges = defineStore('mark-changes', () => ({ changes: ref(0) }))

/** What staff wrote and alerts that stood within a chart's stretch, for every chart over time alike. `of` null: none is asked for. */
export function useChartMarks(of: () => (Annotated & { from: number; to: number }) | null) {
  const changed = useMarkChanges()
  const key = computed(() => JSON.stringify(of()))
  const asked = useQuery(
    async (client, signal) => {
      const about = of()
      if (about === null || about.to <= about.from) return { annotations: [], alerts: [] }
      const { listenIds, from, to, but } = about
      const found = await client.charts.marks({ listenIds: [...listenIds], from, to }, { signal })
      return { ...found, alerts: found.alerts.filter(({ id }) => id !== but) }
    },
    { watch: [key, () => changed.changes], settleMs: 50, everyMs: 60_000 },
  )
  return computed(() => asked.data.value ?? { annotations: [], alerts: [] })
}

/** What an officer does with an annotation; each is taken back with `u`. false: it was refused, and said why. */
export function useAnnotationDeeds() {
  const client = useClient()
  const undoing = useUndo()
  const changed = useMarkChanges()
  const { t } = useWords()

  const act = (text: string, run: () => Promise<{ undo: number }>): Promise<boolean> =>
    undoing.inTurn(async () => {
      try {
        const { undo } = await run()
        changed.changes++
        undoing.remember({
          text,
          async undo() {
            const taken = await undoing.undoEntries([undo])
            changed.changes++
            return taken
          },
        })
        return true
      } catch (error) {
        undoing.refuse(error)
        return false
      }
    })
  return {
    save: (draft: AnnotationDraft) =>
      act(t('annotations.did.save', { text: draft.text.trim() }), () => client.charts.annotate(draft)),
    remove: ({ id, text }: Annotation) =>
      act(t('annotations.did.remove', { text }), () => client.charts.removeAnnotation({ id })),
  }
}
