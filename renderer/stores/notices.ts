import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Notice } from '#shared/model/notice.ts'
import { keep, keptJson } from '#renderer/client/kept.ts'
import { useStation } from '#renderer/client/station.ts'
import { useStream } from '#renderer/client/use-stream.ts'

const KEY = 'earshot.notices-seen'
/** Ids that are kept as seen; the engine names alerts for a day and 50 at a time. */
const MOST_SEEN = 500

/** What waits for somebody. */
export const useNotices = defineStore('notices', () => {
  const station = useStation()
  const all = shallowRef<readonly Notice[]>([])
  const arrived = shallowRef<readonly Notice[]>([])
  const kept = keptJson(KEY)
  const seen = shallowRef<readonly string[]>(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [])
  let known: ReadonlySet<string> | null = null
  let knownStation = ''

  useStream(async (client, signal, opened) => {
    const stream = await client.cases.notices(undefined, { signal })
    opened()
    for await (const { notices } of stream) {
      const before = knownStation === station.hello.value?.stationId ? known : null
      knownStation = station.hello.value?.stationId ?? ''
      known = new Set(notices.map(({ id }) => id))
      all.value = notices
      if (before) arrived.value = notices.filter(({ id }) => !before.has(id)).toReversed()
    }
  })
  return {
    /** Everything that waits for somebody, newest first. */
    all,
    /** What the last change brought, oldest first; never what stood when the page opened. */
    arrived,
    /** Without what was put aside on this screen. */
    shown: computed(() => {
      const hidden = new Set(seen.value)
      return all.value.filter(({ id }) => !hidden.has(id))
    }),
    /** Alerts go by being seen; an answer that did not arrive and a desk that asks stay until somebody deals with them. */
    canPutAside: ({ kind }: Notice) => kind === 'alert' || kind === 'waiting',
    putAside({ id }: Notice) {
      seen.value = [...seen.value.filter((other) => other !== id), id].slice(-MOST_SEEN)
      keep(KEY, JSON.stringify(seen.value))
    },
  }
})
