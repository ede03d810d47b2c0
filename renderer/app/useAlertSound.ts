import { computed, watch } from 'vue'
import { isToBeHeard } from '#shared/model/alert.ts'
import { useStation } from '#renderer/client/station.ts'
import { alertTone } from '#renderer/composables/control/alert-tone.ts'
import { useAlertCards } from '#renderer/stores/alerts.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'

/** A tone when an alert is raised, or raised again because it is worse; never for what stood when the page, or the sound, was opened. */
export function useAlertSound(play: () => void = alertTone): void {
  const preferences = usePreferences()
  const station = useStation()
  // The stream is asked for by who wants to hear it alone.
  const open = computed(() => (preferences.alertSound ? useAlertCards().open : null))
  let known: Map<string, number> | null = null
  watch(
    [open, () => station.hello.value?.stationId],
    ([cards, id], [, before]) => {
      if (id !== before) known = null
      if (cards === null) return void (known = null)
      const heard = known
      known = new Map([...(heard ?? []), ...cards.map(({ id, raised }): [string, number] => [id, raised])])
      if (heard && cards.some((card) => card.raised > (heard.get(card.id) ?? 0) && isToBeHeard(card, station.now())))
        play()
    },
    { immediate: true, flush: 'sync' },
  )
}
