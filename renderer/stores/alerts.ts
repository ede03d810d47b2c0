import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Alert } from '#shared/model/alert.ts'
import { useStream } from '#renderer/client/use-stream.ts'

/** The alerts that are open, strongest first, as they change; null until the station has said. */
export const useAlertCards = defineStore('alerts', () => {
  const open = shallowRef<readonly Alert[] | null>(null)
  const { problem, restart } = useStream(async (client, signal, opened) => {
    const stream = await client.alerts.live(undefined, { signal })
    opened()
    for await (const { alerts } of stream) open.value = alerts
  })
  return { open, problem, restart }
})
