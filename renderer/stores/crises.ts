import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CrisisBrief } from '#shared/model/crisis-view.ts'
import { useStream } from '#renderer/client/use-stream.ts'

/** The crises that run, the newest first, as they change; null until the station has said. */
export const useCrises = defineStore('crises', () => {
  const open = shallowRef<readonly CrisisBrief[] | null>(null)
  const { problem, restart } = useStream(async (client, signal, opened) => {
    const stream = await client.crises.live(undefined, { signal })
    opened()
    for await (const now of stream) open.value = now.open
  })
  /** The one that runs and holds an alert. */
  const byAlert = computed(
    () => new Map((open.value ?? []).flatMap((one) => one.alertIds.map((id): [string, CrisisBrief] => [id, one]))),
  )
  return { open, byAlert, problem, restart }
})
