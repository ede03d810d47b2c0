import { computed, shallowRef, watch } from 'vue'
import type { WallLayout } from '#shared/model/wall.ts'
import { useAlertCards } from '#renderer/stores/alerts.ts'
import { useNow } from '#renderer/stores/clock.ts'
import { explainingPane, noAttention, stepAttention, waveAway } from './attention.ts'

/** Which alert has the middle of this wall, if one has, and the pane that explains it. */
export function useAttention(layout: () => WallLayout | null) {
  const cards = useAlertCards()
  const now = useNow()
  const attention = shallowRef(noAttention)
  watch(
    [() => cards.open, now, () => layout()?.attention],
    () => {
      // Nothing known yet, or the connection was lost before the first answer: as it was.
      if (cards.open === null || layout() === null) return
      attention.value = stepAttention(attention.value, cards.open, now.value, layout()!.attention)
    },
    { immediate: true },
  )
  /** The last that was known of it: a card that is over leaves the list a minute before the middle is given back. */
  const known = shallowRef<NonNullable<typeof cards.open>[number] | null>(null)
  const alert = computed(() => {
    const { id } = attention.value
    if (id === null) return null
    const found = cards.open?.find((one) => one.id === id)
    if (found) known.value = found
    return found ?? (known.value?.id === id ? known.value : null)
  })
  /** It is over, and stays a moment longer. */
  const over = computed(() => alert.value !== null && attention.value.calmSince !== null)
  const pane = computed(() => (alert.value === null ? null : explainingPane(alert.value, layout()?.panes ?? [])))
  return {
    alert,
    over,
    pane,
    wave() {
      attention.value = waveAway(attention.value, cards.open ?? [])
    },
  }
}
