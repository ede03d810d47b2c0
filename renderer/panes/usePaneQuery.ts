import type { Pane } from '#shared/model/wall.ts'
import type { Client } from '#renderer/client/client.ts'
import { useStation } from '#renderer/client/station.ts'
import { useQuery, type Query } from '#renderer/client/use-query.ts'

/** What a pane is about: its listens, and its minutes up to now. */
export interface Stretch {
  listenIds: string[]
  from: number
  to: number
}

/** Asks what a pane shows: at once, when its settings change, and every so many milliseconds. */
export function usePaneQuery<T>(
  pane: () => Pane,
  everyMs: number,
  ask: (client: Client, stretch: Stretch, signal: AbortSignal) => Promise<T>,
): Query<T> {
  const station = useStation()
  return useQuery(
    (client, signal) => {
      const { listenIds, minutes } = pane()
      const now = station.now()
      return ask(client, { listenIds, from: now - minutes * 60_000, to: now + 60_000 }, signal)
    },
    { watch: () => [pane().minutes, pane().listenIds.join()], everyMs },
  )
}
